import { readMember } from '../read-member.ts';
import { ConformanceReport } from './report.ts';

/**
 * The report on something that is no span, event or metric, because one of `members` is not there: a test that found none
 * must fail and say so, and not pass or throw somewhere else.
 */
export function reportOnMissing(
  what: string,
  checked: unknown,
  members: Readonly<Record<string, 'string' | 'object'>>,
): ConformanceReport | undefined {
  const missing = Object.entries(members)
    .filter(([name, type]) => {
      const member = readMember(checked, name);
      // oxlint-disable-next-line valid-typeof
      return typeof member !== type || member === null;
    })
    .map(([name]) => name);
  if (missing.length === 0) return undefined;
  const message = `is no ${what}: it has no ${missing.join(', no ')}`;
  const name = readMember(checked, 'name');
  return new ConformanceReport(
    typeof name === 'string' ? name : String(checked === null ? null : typeof checked),
    undefined,
    [{ severity: 'error', rule: 'shape', message }],
  );
}

import { isPlaceholder } from '../detectors/placeholder-value.ts';
import type { KeyDecision } from './key-rules.ts';
import { isNoPassword } from './no-password.ts';
import { isPublicValue } from './public-value.ts';
import { isSecretValue } from './secret-value.ts';

/** Letters and digits, and neither a path nor an address: behind `--token` not what it is called or where it is. */
const MIXED = /^(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[^\s/\\:]{6,}$/;
const LEAST = 4;
const LONGEST_JUDGED = 256;

/** Whether the value of an option goes that is called so: `--password letmein`, `--token abc123`. */
export function isOptionValue(
  decision: KeyDecision,
  text: string,
  from: number,
  to: number,
): boolean {
  if (from >= to || isPlaceholder(text, from, to)) return false;
  if (decision === 'block') return true;
  if (isNoPassword(text, from, to) || isPublicValue(text, from)) return false;
  switch (decision) {
    case 'secret':
      return true;
    // `--pass word`
    case 'password':
      return to - from >= LEAST || isSecretValue(decision, text, from, to);
    case 'likely':
      return (
        isSecretValue(decision, text, from, to) ||
        MIXED.test(text.slice(from, Math.min(to, from + LONGEST_JUDGED)))
      );
    case 'signature':
      return isSecretValue(decision, text, from, to);
    default:
      return false;
  }
}

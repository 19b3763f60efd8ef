import { isDeepStrictEqual } from 'node:util';
import { kindName, printValue, statusName } from './print-tree.ts';
import type { SpanPattern, ValuePredicate } from './span-pattern.ts';
import type { TreeSpan } from './tree-span.ts';

/** What of `span` alone does not fit the pattern; children are not looked at. Empty: it fits. */
export function spanProblems(span: TreeSpan, pattern: SpanPattern): string[] {
  const problems: string[] = [];
  if (!textFits(span.name, pattern.name))
    problems.push(`name is ${printValue(span.name)}, wanted ${printValue(pattern.name)}`);
  const { kind, status, attributes = {}, events = [] } = pattern;
  if (kind !== undefined && kind !== span.kind && kind !== kindName(span.kind))
    problems.push(
      `kind is ${kindName(span.kind)}, wanted ${typeof kind === 'number' ? kindName(kind) : kind}`,
    );
  if (status !== undefined) problems.push(...statusProblems(span, status));
  for (const [key, wanted] of Object.entries(attributes)) {
    const value = span.attributes[key];
    if (!valueFits(value, wanted))
      problems.push(
        `attribute ${key} is ${value === undefined ? 'missing' : printValue(value)}, wanted ${printWanted(wanted)}`,
      );
  }
  for (const wanted of events)
    if (!span.events.some(({ name }) => textFits(name, wanted)))
      problems.push(
        `event ${printValue(wanted)} is missing (events: ${printValue(span.events.map(({ name }) => name))})`,
      );
  return problems;
}

export function nameFits(span: TreeSpan, pattern: SpanPattern): boolean {
  return textFits(span.name, pattern.name);
}

function statusProblems(
  { status }: TreeSpan,
  wanted: NonNullable<SpanPattern['status']>,
): string[] {
  const problems: string[] = [];
  const { code, message } = typeof wanted === 'string' ? { code: wanted } : wanted;
  if (statusName(status.code) !== code)
    problems.push(`status is ${statusName(status.code)}, wanted ${code}`);
  if (message !== undefined && !textFits(status.message ?? '', message))
    problems.push(`status message is ${printValue(status.message)}, wanted ${printValue(message)}`);
  return problems;
}

function textFits(text: string, wanted: string | RegExp): boolean {
  // search and not test: a RegExp with the g flag would remember where it stopped.
  return typeof wanted === 'string' ? text === wanted : text.search(wanted) !== -1;
}

function valueFits(value: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'function') return value !== undefined && (wanted as ValuePredicate)(value);
  if (wanted instanceof RegExp) return typeof value === 'string' && textFits(value, wanted);
  return isDeepStrictEqual(value, wanted);
}

function printWanted(wanted: unknown): string {
  if (wanted === undefined) return 'none';
  if (typeof wanted !== 'function') return printValue(wanted);
  return `what ${wanted.name || String(wanted)} accepts`;
}

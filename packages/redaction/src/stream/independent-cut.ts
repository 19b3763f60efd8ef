import { isBetweenLines } from '../engine/encoded-lines.ts';
import type { Explanation } from '../explain.ts';
import { openTableOf, type Redactor } from '../redactor.ts';

/** What may close something that a secret name has opened. */
const CLOSINGS = ['"', "'", '`', '\\"', '-----END PRIVATE KEY-----'];

/**
 * Whether the two sides of `cut` are redacted as the whole is, whatever follows `text`: nothing that was found crosses
 * it, nothing on one side is found because of the other, and nothing is open that text to come could close. `head` is
 * that of the table which the text goes on with, and the part behind the cut goes on with what is open there.
 */
export function isIndependent(redactor: Redactor, text: string, cut: number, head = ''): boolean {
  if (isBetweenLines(text, cut)) return false;
  const before = head + text.slice(0, cut);
  const table = openTableOf(redactor, before);
  if (table?.isAtRow === false) return false;
  const next = table?.head ?? '';
  if (!isSameTable(redactor, head + text, head.length + cut, next)) return false;
  const whole = redactor.explain(head + text);
  const middle = head.length + cut;
  if (whole.some(({ start, end }) => start < middle && end > middle)) return false;
  const ahead = redactor.explain(before);
  const behind = redactor.explain(next + text.slice(cut));
  if (whole.length !== ahead.length + behind.length) return false;
  const isSame = whole.every((found, index) => {
    const half = index < ahead.length ? ahead[index]! : behind[index - ahead.length]!;
    return equal(found, half, index < ahead.length ? 0 : middle - next.length);
  });
  return isSame && !isOpen(redactor, before, ahead);
}

/** Whether the line at the cut is a row of names for what is behind it exactly if it is one in the whole. */
function isSameTable(redactor: Redactor, text: string, cut: number, head: string): boolean {
  const found = text.indexOf('\n', cut);
  const end = found < 0 ? text.length : found + 1;
  const whole = openTableOf(redactor, text.slice(0, end));
  const behind = openTableOf(redactor, head + text.slice(cut, end));
  return whole?.head === behind?.head;
}

function equal(found: Explanation, half: Explanation, offset: number): boolean {
  return (
    found.kind === half.kind &&
    found.start === half.start + offset &&
    found.end === half.end + offset
  );
}

function isOpen(redactor: Redactor, before: string, found: readonly Explanation[]): boolean {
  return CLOSINGS.some((closing) => {
    const closed = redactor.explain(before + closing);
    const last = closed.at(-1);
    // The finding that reaches the end is there because something closes it.
    return last !== undefined && last.end >= before.length && !found.includes(last);
  });
}

import { isBetweenLines } from '../engine/encoded-lines.ts';
import type { Explanation } from '../explain.ts';
import { openTableOf, type Redactor } from '../redactor.ts';

/** What may close something that a secret name has opened. */
const CLOSINGS = ['"', "'", '`', '\\"', '-----END PRIVATE KEY-----'];
/** Where one follows, `<key>` is a name, and what stands behind it a value. */
const END_OF_ELEMENT = '</';
/** As often as a text is looked at again once what was found has gone. */
const MOST_ROUNDS = 5;

/**
 * Whether the two sides of `cut` are redacted as the whole is, whatever follows `text`: nothing that was found crosses
 * it, nothing on one side is found because of the other, and nothing is open that text to come could close. `head` is
 * that of the table which the text goes on with, and the part behind the cut goes on with what is open there.
 */
export function isIndependent(
  redactor: Redactor,
  text: string,
  cut: number,
  head = '',
  rounds: number = MOST_ROUNDS,
): boolean {
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
  if (!isSame || isOpen(redactor, before, ahead)) return false;
  if (whole.length === 0 || rounds <= 1) return true;
  // What goes leaves a placeholder, and beside it more may be found than before: the whole is looked at again.
  const left = masked(before, ahead).slice(head.length);
  const right = masked(next + text.slice(cut), behind).slice(next.length);
  if (redactor.explain(head + left + right).length === 0) return true;
  return isIndependent(redactor, left + right, left.length, head, rounds - 1);
}

/** The text with placeholders for what was found. */
function masked(text: string, found: readonly Explanation[]): string {
  let out = '';
  let from = 0;
  for (const { kind, start, end } of found) {
    out += `${text.slice(from, start)}[REDACTED:${kind}]`;
    from = end;
  }
  return out + text.slice(from);
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
  if (before.includes('<') && redactor.explain(before + END_OF_ELEMENT).length > found.length)
    return true;
  return CLOSINGS.some((closing) => {
    const closed = redactor.explain(before + closing);
    const last = closed.at(-1);
    // The finding that reaches the end is there because something closes it.
    return last !== undefined && last.end >= before.length && !found.includes(last);
  });
}

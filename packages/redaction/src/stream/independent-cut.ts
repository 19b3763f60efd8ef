import type { Explanation } from '../explain.ts';
import type { Redactor } from '../redactor.ts';

/** What may close something that a secret name has opened. */
const CLOSINGS = ['"', "'", '`', '\\"', '-----END PRIVATE KEY-----'];

/**
 * Whether the two sides of `cut` are redacted as the whole is, whatever follows `text`: nothing that was found crosses
 * it, nothing on one side is found because of the other, and nothing is open that text to come could close.
 */
export function isIndependent(redactor: Redactor, text: string, cut: number): boolean {
  const whole = redactor.explain(text);
  if (whole.some(({ start, end }) => start < cut && end > cut)) return false;
  const before = text.slice(0, cut);
  const ahead = redactor.explain(before);
  const behind = redactor.explain(text.slice(cut));
  if (whole.length !== ahead.length + behind.length) return false;
  const isSame = whole.every((found, index) => {
    const half = index < ahead.length ? ahead[index]! : behind[index - ahead.length]!;
    return equal(found, half, index < ahead.length ? 0 : cut);
  });
  return isSame && !isOpen(redactor, before, ahead);
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

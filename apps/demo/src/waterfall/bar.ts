/** Where a span lies inside its trace, as fractions from 0 to 1. */
export interface BarSpan {
  readonly start: number;
  readonly end: number;
  /** When the first token of a stream arrived. The part before it is drawn lighter. */
  readonly firstToken?: number | undefined;
}

/** A bar of `width` cells: spaces, `░` while waiting for the first token, `█` else. At least one cell is filled. */
export function bar({ start, end, firstToken }: BarSpan, width: number): string {
  const from = Math.min(Math.floor(start * width), width - 1);
  const to = Math.min(Math.max(Math.ceil(end * width), from + 1), width);
  const waiting =
    firstToken === undefined ? from : Math.min(Math.max(Math.round(firstToken * width), from), to);
  return (
    ' '.repeat(from) +
    '░'.repeat(waiting - from) +
    '█'.repeat(to - waiting) +
    ' '.repeat(width - to)
  );
}

/** A stretch of a text that must not leave. */
export interface Span {
  readonly from: number;
  /** Behind the last character. */
  readonly to: number;
  /** What was found. Names the action, the placeholder and the count. */
  readonly kind: string;
  /** Stands around the placeholder: the quotes of a bare value behind a quoted key, so that JSON stays JSON. */
  readonly quote?: string;
  /** Replaces the stretch as it is: its parts were redacted, and counted, on their own. */
  readonly replacement?: string;
  /** Stands there instead of a placeholder, where one would break what stands around it: the finding, overwritten. */
  readonly overwritten?: string;
}

/** The spans in order, those that overlap joined into one. The one that starts first gives the kind. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const sorted = isSorted(spans)
    ? spans
    : spans.toSorted((a, b) => a.from - b.from || b.to - a.to || 0);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last === undefined || span.from >= last.to) merged.push(span);
    else if (span.to > last.to) {
      // Two readings of one stretch: a placeholder stands for both.
      const { overwritten: _, ...joined } = last;
      merged[merged.length - 1] = { ...joined, to: span.to };
    }
  }
  return merged;
}

function isSorted(spans: readonly Span[]): boolean {
  for (let i = 1; i < spans.length; i++) if (spans[i]!.from < spans[i - 1]!.from) return false;
  return true;
}

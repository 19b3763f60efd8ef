/** A span as it arrived. */
export interface ArrivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  /** Nanoseconds, as decimal digits. */
  readonly start: string;
}

/** One for each span without a parent: names in order of time, a child two blanks deeper. */
export function treesOf(spans: readonly ArrivedSpan[]): string[] {
  const linesOf = (span: ArrivedSpan, depth: number): string[] => [
    `${'  '.repeat(depth)}${span.name}`,
    ...inTime(spans.filter((child) => isParent(span, child))).flatMap((child) =>
      linesOf(child, depth + 1),
    ),
  ];
  return inTime(spans.filter(({ parentSpanId }) => !parentSpanId)).map((root) =>
    linesOf(root, 0).join('\n'),
  );
}

/** Spans whose parent has not arrived. */
export function orphansOf(spans: readonly ArrivedSpan[]): ArrivedSpan[] {
  return spans.filter(
    (span) => span.parentSpanId && !spans.some((parent) => isParent(parent, span)),
  );
}

function isParent(parent: ArrivedSpan, child: ArrivedSpan): boolean {
  return parent.traceId === child.traceId && parent.spanId === child.parentSpanId;
}

function inTime(spans: readonly ArrivedSpan[]): ArrivedSpan[] {
  return spans.toSorted((a, b) => Number(BigInt(a.start) - BigInt(b.start)));
}

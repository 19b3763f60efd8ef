/** A span as the waterfall needs it. */
export interface TraceSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly service: string;
  readonly startNanos: bigint;
  readonly endNanos: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Set when the span's status is an error. */
  readonly error?: { readonly type: string; readonly message: string } | undefined;
  /** What happened inside and is worth a line of its own, such as a decision. */
  readonly notes?: readonly string[] | undefined;
  /** Span ids this span links to: the other side of a queue. */
  readonly linkedSpanIds: readonly string[];
}

export interface TraceNode {
  readonly span: TraceSpan;
  readonly children: readonly TraceNode[];
  /** True when the span names a parent that was not received. */
  readonly orphan: boolean;
}

/** The trees of `spans`, oldest first, children in order of their start. */
export function traceTrees(spans: readonly TraceSpan[]): TraceNode[] {
  const known = new Set(spans.map((span) => span.spanId));
  const byParent = new Map<string, TraceSpan[]>();
  for (const span of spans) {
    const parent = known.has(span.parentSpanId) ? span.parentSpanId : '';
    const siblings = byParent.get(parent);
    if (siblings === undefined) byParent.set(parent, [span]);
    else siblings.push(span);
  }
  const nodes = (parent: string): TraceNode[] =>
    (byParent.get(parent) ?? [])
      .toSorted((a, b) => (a.startNanos < b.startNanos ? -1 : 1))
      .map((span) => ({
        span,
        children: nodes(span.spanId),
        orphan: span.parentSpanId !== '' && !known.has(span.parentSpanId),
      }));
  return nodes('');
}

/** Every node of `trees`, parents before children. */
export function* walk(trees: readonly TraceNode[]): Generator<TraceNode> {
  for (const node of trees) {
    yield node;
    yield* walk(node.children);
  }
}

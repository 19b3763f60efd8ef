/** Of `@opentelemetry/api`, which the benches have and this package has not. */
interface Api<C, S> {
  readonly context: { active(): C; with(context: C, call: () => unknown): unknown };
  readonly trace: { setSpan(context: C, span: S): C };
}

interface Span {
  setAttribute(name: string, value: never): unknown;
  end(): void;
}

interface Tracer<S> {
  startSpan(name: string, options: { readonly kind: number; readonly attributes: never }): S;
}

type Attributes = Readonly<Record<string, unknown>>;

const SPAN_KIND_CLIENT = 2;

/** What a span of the stock SDK is to have: what an observed call gave its own. */
export interface StockSpan {
  readonly name: string;
  /** Known before the call. */
  readonly start: Attributes;
  /** Known from the answer. */
  readonly end: Attributes;
}

/**
 * `call` in a bare span, as one writes it by hand: it is started with what is known, is active during the call, gets the rest one
 * by one and ends. The least that any observation of the call costs.
 */
export async function inStockSpan<C, S extends Span>(
  { context, trace }: Api<C, S>,
  tracer: Tracer<S>,
  { name, start, end }: StockSpan,
  call: () => unknown,
): Promise<unknown> {
  const span = tracer.startSpan(name, {
    kind: SPAN_KIND_CLIENT,
    attributes: start as never,
  });
  try {
    const answer: unknown = await context.with(trace.setSpan(context.active(), span), call);
    for (const key in end) span.setAttribute(key, end[key] as never);
    return answer;
  } finally {
    span.end();
  }
}

/** The same attributes as on a recorded span: those of the answer apart, by their names. */
export function stockSpanOf(recorded: {
  readonly name: string;
  readonly attributes: Attributes;
}): StockSpan {
  const entries = Object.entries(recorded.attributes);
  const isOfAnswer = (name: string): boolean => /\.(?:response|usage|cost)\b/.test(name);
  return {
    name: recorded.name,
    start: Object.fromEntries(entries.filter(([name]) => !isOfAnswer(name))),
    end: Object.fromEntries(entries.filter(([name]) => isOfAnswer(name))),
  };
}

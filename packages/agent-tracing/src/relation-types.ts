import type { Span } from '@opentelemetry/api';
import type { SpanLike } from '@llm-otel/llm-conventions';

/** A span, what holds one (a step, a tool, a run), or a reference to one of another process. */
export type SpanSource = SpanLike | { readonly span: Span };

/** How a span is related to others that are not its parents. Each becomes a link. */
export interface Relations {
  /** The attempt that failed and that this one repeats. */
  readonly retryOf?: SpanSource | undefined;
  /** The attempt that failed and that this one takes another way for. */
  readonly fallbackFor?: SpanSource | undefined;
  /** The decision that led here. */
  readonly outcomeOf?: SpanSource | undefined;
}

import type { SpanProcessor } from './sdk-types.ts';

/** Returns a span processor that stands in front of `next`. */
export type SpanProcessorWrapper = (next: SpanProcessor) => SpanProcessor;

/** Passes every call on to `next`. A wrapper spreads this and replaces the calls it changes. */
export function forwardTo(next: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, parentContext) => next.onStart(span, parentContext),
    onEnding: (span) => next.onEnding?.(span),
    onEnd: (span) => next.onEnd(span),
    forceFlush: (options) => next.forceFlush(options),
    shutdown: (options) => next.shutdown(options),
  };
}

/**
 * Puts `wrappers` in front of `next`. The first wrapper listed sees each span first.
 * An `undefined` entry is skipped, so a wrapper can be switched off where it stands.
 */
export function wrapSpanProcessor(
  next: SpanProcessor,
  wrappers: readonly (SpanProcessorWrapper | undefined)[],
): SpanProcessor {
  return wrappers.reduceRight((inner, wrap) => wrap?.(inner) ?? inner, next);
}

import { FailureLog } from './failure-log.ts';
import type { SpanProcessor } from './sdk-types.ts';
import { forwardTo } from './wrap-span-processor.ts';

/**
 * `processor`, whose exceptions neither reach the application, in which spans start and end, nor keep the processors
 * behind it from seeing the span, as both do with the SDK alone. The first of each kind is logged. Flush and shutdown
 * pass through: who calls them wants to know.
 */
export function containFailures(processor: SpanProcessor, name: string): SpanProcessor {
  const failures = new FailureLog();
  const inner = forwardTo(processor);
  return {
    ...inner,
    onStart: (span, parentContext) =>
      failures.guard(`onStart of ${name}`, () => inner.onStart(span, parentContext)),
    onEnding: (span) => failures.guard(`onEnding of ${name}`, () => inner.onEnding?.(span)),
    onEnd: (span) => failures.guard(`onEnd of ${name}`, () => inner.onEnd(span)),
  };
}

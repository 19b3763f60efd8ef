import {
  FailureLog,
  forwardTo,
  type SpanProcessorWrapper,
  type SpanStage,
  type StageReport,
} from '@llm-otel/core';

/**
 * Puts a stage, such as `traceTotals()` or `spanMetrics()`, in front of any span processor. A flush lets the stage
 * decide about everything that it holds.
 * @param report - is told what was left out. A `Ledger` of core fits.
 */
export function stageProcessor(
  stage: SpanStage,
  report: StageReport = { sampledOut: () => undefined, dropped: () => undefined },
): SpanProcessorWrapper {
  const failures = new FailureLog();
  return (next) => {
    const receiver = stage(
      // A processor that throws must not cost the spans behind this one.
      { onEnd: (span) => failures.guard('a span processor', () => next.onEnd(span)) },
      report,
    );
    return {
      ...forwardTo(next),
      onEnd: (span) => receiver.onEnd(span),
      forceFlush(options) {
        receiver.drain?.();
        return next.forceFlush(options);
      },
      shutdown() {
        receiver.drain?.();
        receiver.close?.();
        return next.shutdown();
      },
    };
  };
}

import { FailureLog, forwardTo, type SpanProcessorWrapper, type StageReport } from '@llm-otel/core';
import type { LivePolicy } from '../live-policy.ts';
import type { SamplingPolicy } from '../policy/sampling-policy.ts';
import type { TailSamplingLimits } from './limits.ts';
import { tailSampling, type TailSamplingOptions } from './tail-sampling.ts';

export interface TailSamplingProcessorOptions extends TailSamplingOptions {
  readonly limits?: TailSamplingLimits | undefined;
  /** Is told what was left out, by rule. A `Ledger` of core fits. */
  readonly report?: StageReport | undefined;
}

/**
 * {@link tailSampling} in front of any span processor, such as the stock batch processor. A flush decides about
 * everything that is held.
 */
export function tailSamplingProcessor(
  policy: SamplingPolicy | LivePolicy,
  { limits, report, ...options }: TailSamplingProcessorOptions = {},
): SpanProcessorWrapper {
  const stage = tailSampling(policy, limits, options);
  const failures = new FailureLog();
  return (next) => {
    const receiver = stage(
      // A processor that throws must not cost the spans behind this one.
      { onEnd: (span) => failures.guard('a span processor', () => next.onEnd(span)) },
      report ?? { sampledOut: () => undefined, dropped: () => undefined },
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

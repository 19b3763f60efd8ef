import type { CollectorVersion } from '../collector-version.ts';
import type { Fleet } from '../resolve-options.ts';
import type { TailPolicy } from '../sampling/tail-policy.ts';

/** The README of the processor asks for caches that are ten times as large as the buffer. */
const CACHE_FACTOR = 10;
const MIB = 2 ** 20;

export function tailSamplingSettings(
  fleet: Fleet,
  version: CollectorVersion,
  policies: readonly TailPolicy[],
): Readonly<Record<string, unknown>> {
  const cache = fleet.maxTraces * CACHE_FACTOR;
  return {
    decision_wait: `${fleet.decisionWaitSeconds}s`,
    ...(fleet.decisionWaitAfterRootSeconds === 0
      ? undefined
      : { decision_wait_after_root_received: `${fleet.decisionWaitAfterRootSeconds}s` }),
    num_traces: fleet.maxTraces,
    // Otherwise the oldest traces go, undecided.
    block_on_overflow: true,
    ...(version.traceSizeLimit ? { maximum_trace_size_bytes: fleet.maxTraceMib * MIB } : undefined),
    decision_cache: { sampled_cache_size: cache, non_sampled_cache_size: cache },
    sample_on_first_match: true,
    policies,
  };
}

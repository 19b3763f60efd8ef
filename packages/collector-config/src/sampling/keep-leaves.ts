import type { Keep } from '@llm-otel/sampling/policy';
import type { ClauseList } from '../clause.ts';
import type { CollectorVersion } from '../collector-version.ts';
import { shareConditions } from '../ottl/share-condition.ts';
import { bounded, type ShareBounds } from './rule-share.ts';
import { type Leaf, leaf, ottlLeaf } from './tail-policy.ts';

/** What a limit of so many traces or spans a second needs to know of the fleet. */
export interface RateSettings {
  /** Spans of a trace, on average. */
  readonly spansPerTrace: number;
  /** Gateways, each of which counts on its own. */
  readonly gateways: number;
}

/**
 * What a matching trace must fulfil to be kept: all leaves of one of the lists. Tells what becomes of `keep`.
 */
export function keepLeaves(
  keep: Keep,
  at: string,
  bounds: ShareBounds,
  rates: RateSettings,
  version: CollectorVersion,
  clauses: ClauseList,
): readonly (readonly Leaf[])[] {
  if (typeof keep !== 'object') {
    clauses.exact(`${at}.keep`, keep);
    return [[]];
  }
  if ('ratio' in keep) {
    clauses.exact(
      `${at}.keep.ratio`,
      'consistent probability sampling, the same traces as in a process: by rv in the tracestate, or else by the trace id',
    );
    return [shareLeaves(bounded(keep.ratio, bounds))];
  }
  if ('rate' in keep) {
    const { tracesPerSecond, burst = Math.max(1, tracesPerSecond), per } = keep.rate;
    const spans = tracesPerSecond * rates.spansPerTrace;
    clauses.refused(
      `${at}.keep.rate`,
      `${perSecond(spans, rates)} spans a second of each gateway, all together${per === undefined ? '' : ' and not per key'}, counting ${rates.spansPerTrace} spans for a trace (fleet.spansPerTrace)`,
      'use a ratio: a Collector limits spans, not traces, and knows no keys',
    );
    const limited = [
      ...shareLeaves(bounds.ceiling),
      rateLeaf(spans, burst * rates.spansPerTrace, rates, version),
    ];
    return bounds.floor > 0 ? [limited, shareLeaves(bounds.floor)] : [limited];
  }
  const { base = 1, spansPerSecond } = keep.adaptive;
  const share = bounded(base, bounds);
  clauses.refused(
    `${at}.keep.adaptive`,
    `a fixed share of ${share}${spansPerSecond === undefined ? '' : `, and at most ${perSecond(spansPerSecond, rates)} spans a second of each gateway`}`,
    'use a ratio: a Collector follows no load',
  );
  if (spansPerSecond === undefined) return [shareLeaves(share)];
  const limited = [
    ...shareLeaves(share),
    rateLeaf(spansPerSecond, 2 * spansPerSecond, rates, version),
  ];
  return bounds.floor > 0 ? [limited, shareLeaves(bounds.floor)] : [limited];
}

function shareLeaves(share: number): readonly Leaf[] {
  const conditions = shareConditions(share) ?? [];
  return conditions.length === 0 ? [] : [ottlLeaf(`in the share of ${share}`, conditions)];
}

function rateLeaf(
  spans: number,
  burst: number,
  rates: RateSettings,
  { burstCapacity }: CollectorVersion,
): Leaf {
  const spansPerSecond = perSecond(spans, rates);
  const capacity = Math.max(Math.ceil(burst / rates.gateways), spansPerSecond, rates.spansPerTrace);
  return leaf('within the limit', 'rate_limiting', {
    spans_per_second: spansPerSecond,
    ...(burstCapacity ? { burst_capacity: capacity } : undefined),
  });
}

function perSecond(spans: number, { gateways }: RateSettings): number {
  return Math.max(1, Math.ceil(spans / gateways));
}

import type { Clock } from '@llm-otel/core';
import { keepsTrace } from '../ot-member.ts';
import type { Keep, RateLimit } from '../policy/sampling-policy.ts';
import { type Threshold, thresholdOf } from '../threshold.ts';
import { AdaptiveControl } from './adaptive-control.ts';
import type { Load } from './event-loop-load.ts';
import type { ShareBounds } from './share-bounds.ts';
import { TokenBuckets } from './token-buckets.ts';

/** Which of the traces that match a rule are kept. */
export interface KeepControl {
  /** The share at this moment; `undefined` where traces are not kept by share. */
  readonly share: number | undefined;
  /** Of the share at this moment; `undefined` where nothing is kept, or not by share. The same object until it changes. */
  readonly threshold: Threshold | undefined;
  /** What a kept trace stands for is known: it was kept by share. */
  readonly isCounted: boolean;
  /** Takes a token where there is a rate. `key` is what has a bucket of its own. */
  keeps(traceId: string, rv: string | undefined, key: string): boolean;
  /** Is told how many spans match the rule, kept or not. */
  offered(spans: number): void;
}

export interface KeepControlContext {
  readonly bounds: ShareBounds;
  readonly clock: Clock;
  readonly load: Load;
}

export function keepControl(keep: Keep, { bounds, clock, load }: KeepControlContext): KeepControl {
  if (keep === 'all') return fixedControl(1);
  if (keep === 'none') return fixedControl(0);
  if ('ratio' in keep) return fixedControl(bounds.within(keep.ratio));
  if ('rate' in keep) return new RateControl(keep.rate, bounds, clock);
  return new AdaptiveControl(keep.adaptive, bounds, clock, load);
}

export function fixedControl(share: number): KeepControl {
  const threshold = thresholdOf(share);
  return {
    share,
    threshold,
    isCounted: true,
    keeps: (traceId, rv) => keepsTrace(threshold, traceId, rv),
    offered: () => undefined,
  };
}

class RateControl implements KeepControl {
  readonly share = undefined;
  readonly threshold = undefined;
  readonly isCounted = false;
  readonly #buckets: TokenBuckets;
  readonly #bounds: ShareBounds;

  constructor({ tracesPerSecond, burst }: RateLimit, bounds: ShareBounds, clock: Clock) {
    this.#buckets = new TokenBuckets({ perSecond: tracesPerSecond, burst, clock });
    this.#bounds = bounds;
  }

  keeps(traceId: string, rv: string | undefined, key: string): boolean {
    const { ceilingThreshold, floorThreshold } = this.#bounds;
    if (!keepsTrace(ceilingThreshold, traceId, rv)) return false;
    return this.#buckets.take(key) || keepsTrace(floorThreshold, traceId, rv);
  }

  offered(): void {}
}

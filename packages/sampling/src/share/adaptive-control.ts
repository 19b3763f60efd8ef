import type { Clock } from '@llm-otel/core';
import type { AdaptiveShare } from '../policy/sampling-policy.ts';
import { keepsTrace } from '../ot-member.ts';
import { type Threshold, thresholdOf } from '../threshold.ts';
import type { Load } from './event-loop-load.ts';
import type { KeepControl } from './keep-control.ts';
import type { ShareBounds } from './share-bounds.ts';

const WINDOW_MILLIS = 1000;
// More spans must show in the share soon; fewer of them may take their time.
const RISE_HALF_LIFE_MILLIS = 1000;
const FALL_HALF_LIFE_MILLIS = 3000;
const STEPS_PER_HALVING = 64;

/**
 * A share that follows spans per second and the load of the process. Looks at both once a second, when it is asked: no
 * timer. The share moves in steps of one percent, so that there are few different ones.
 */
export class AdaptiveControl implements KeepControl {
  readonly isCounted = true;
  readonly #settings: AdaptiveShare;
  readonly #bounds: ShareBounds;
  readonly #clock: Clock;
  readonly #load: Load;
  #share = -1;
  #threshold: Threshold | undefined;
  #offered = 0;
  #lookedAt: number;
  /** Smoothed, of the spans that match the rule. */
  #spansPerSecond = 0;

  constructor(settings: AdaptiveShare, bounds: ShareBounds, clock: Clock, load: Load) {
    this.#settings = settings;
    this.#bounds = bounds;
    this.#clock = clock;
    this.#load = load;
    this.#lookedAt = clock.monotonicMillis();
    this.#set(settings.base ?? 1);
  }

  get share(): number {
    this.#look();
    return this.#share;
  }

  get threshold(): Threshold | undefined {
    this.#look();
    return this.#threshold;
  }

  keeps(traceId: string, rv: string | undefined): boolean {
    return keepsTrace(this.threshold, traceId, rv);
  }

  offered(spans: number): void {
    this.#offered += spans;
  }

  #look(): void {
    const now = this.#clock.monotonicMillis();
    const elapsed = now - this.#lookedAt;
    if (elapsed < WINDOW_MILLIS) return;
    this.#lookedAt = now;
    const current = (this.#offered * 1000) / elapsed;
    this.#offered = 0;
    const halfLife = current > this.#spansPerSecond ? RISE_HALF_LIFE_MILLIS : FALL_HALF_LIFE_MILLIS;
    this.#spansPerSecond += (current - this.#spansPerSecond) * (1 - 2 ** (-elapsed / halfLife));
    this.#set(this.#wanted());
  }

  #wanted(): number {
    const { base = 1, spansPerSecond, aboveLoad } = this.#settings;
    let wanted = base;
    if (spansPerSecond !== undefined && this.#spansPerSecond > 0) {
      wanted = Math.min(wanted, spansPerSecond / this.#spansPerSecond);
    }
    if (aboveLoad !== undefined) {
      const load = this.#load();
      if (load > aboveLoad) wanted = Math.min(wanted, base * (1 - load));
    }
    return wanted;
  }

  #set(wanted: number): void {
    const share = this.#bounds.within(inSteps(wanted));
    if (share === this.#share) return;
    this.#share = share;
    this.#threshold = thresholdOf(share);
  }
}

function inSteps(share: number): number {
  return share > 0 && share < 1
    ? 2 ** (Math.round(Math.log2(share) * STEPS_PER_HALVING) / STEPS_PER_HALVING)
    : share;
}

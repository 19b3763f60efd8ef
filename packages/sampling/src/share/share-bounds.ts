import type { SamplingPolicy } from '../policy/sampling-policy.ts';
import { type Threshold, thresholdOf } from '../threshold.ts';

/** The floor and the ceiling of a policy. */
export class ShareBounds {
  readonly floor: number;
  readonly ceiling: number;
  readonly floorThreshold: Threshold | undefined;
  readonly ceilingThreshold: Threshold | undefined;

  constructor({ floor = 0, ceiling = 1 }: Pick<SamplingPolicy, 'floor' | 'ceiling'> = {}) {
    this.floor = floor;
    this.ceiling = ceiling;
    this.floorThreshold = thresholdOf(floor);
    this.ceilingThreshold = thresholdOf(ceiling);
  }

  within(share: number): number {
    return Math.min(this.ceiling, Math.max(this.floor, share));
  }
}

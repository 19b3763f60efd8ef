import { type Keep, type SamplingPolicy, thresholdOf } from '@llm-otel/sampling/policy';

/** The share of its traces that a rule keeps, of 2^56. Both ends are the same where the share is known. */
export interface RuleShare {
  readonly least: bigint;
  readonly most: bigint;
}

/** What a policy's floor and ceiling leave of a share. */
export interface ShareBounds {
  readonly floor: number;
  readonly ceiling: number;
}

const ALL = 2n ** 56n;

export function shareBoundsOf({ floor = 0, ceiling = 1 }: SamplingPolicy): ShareBounds {
  return { floor, ceiling };
}

export function bounded(ratio: number, { floor, ceiling }: ShareBounds): number {
  return Math.min(Math.max(ratio, floor), ceiling);
}

export function shareOf(keep: Keep, bounds: ShareBounds): RuleShare {
  if (keep === 'all') return fixed(ALL);
  if (keep === 'none') return fixed(0n);
  if ('ratio' in keep) return fixed(keptOf(bounded(keep.ratio, bounds)));
  // How much a limit leaves is not known beforehand.
  const least = keptOf(bounds.floor);
  if ('rate' in keep) return { least, most: keptOf(bounds.ceiling) };
  const { base = 1, spansPerSecond } = keep.adaptive;
  const most = keptOf(bounded(base, bounds));
  return spansPerSecond === undefined ? fixed(most) : { least, most };
}

/** By the threshold, which is rounded: two ratios can have the same one, or the lower ratio the larger share. */
function keptOf(ratio: number): bigint {
  const threshold = thresholdOf(ratio);
  return threshold === undefined ? 0n : ALL - BigInt(`0x${threshold.text.padEnd(14, '0')}`);
}

function fixed(share: bigint): RuleShare {
  return { least: share, most: share };
}

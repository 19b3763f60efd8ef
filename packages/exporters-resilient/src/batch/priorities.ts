import type { ItemPriority, Priorities } from './telemetry-batch.ts';

/** From the most important one on. */
const LEVELS: readonly ItemPriority[] = [0, 1, 2];

/** Those that there are, the most important first. */
export function levelsOf(priorities: Priorities): readonly ItemPriority[] {
  return typeof priorities === 'number'
    ? [priorities]
    : LEVELS.filter((level) => priorities.includes(level));
}

export function mostImportant(priorities: Priorities): ItemPriority {
  return levelsOf(priorities)[0] ?? 1;
}

export function isMixed(priorities: Priorities): boolean {
  return levelsOf(priorities).length > 1;
}

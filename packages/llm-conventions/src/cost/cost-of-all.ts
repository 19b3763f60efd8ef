import type { Cost } from './cost-of.ts';
import { CostSum } from './cost-sum.ts';

/** What several calls cost together: the names of all their prices, and the tier of the last. */
export function costOfAll(costs: readonly Cost[]): Cost | undefined {
  const last = costs.at(-1);
  if (last === undefined || costs.length === 1) return last;
  const sum = new CostSum();
  for (const { exactMicroUsd } of costs) sum.add(exactMicroUsd);
  const names = (name: 'priceId' | 'priceSource'): string =>
    [...new Set(costs.map((cost) => cost[name]))].join(', ');
  return {
    ...last,
    microUsd: Math.round(sum.microUsd),
    exactMicroUsd: sum.microUsd,
    priceId: names('priceId'),
    priceSource: names('priceSource'),
  };
}

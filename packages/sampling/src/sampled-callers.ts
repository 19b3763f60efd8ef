import { DecisionCache } from './tail/decision-cache.ts';

const MOST = 65_536;
const SAMPLED = 1;

/**
 * Traces that a calling service has sampled, by id. A head sampler sees it when the local root starts; a tail sampler
 * could see it only when that one ends, which may be after it has decided. 17 bytes each, and none without callers.
 */
export class SampledCallers {
  readonly #ids = new DecisionCache(MOST);

  add(traceId: string): void {
    this.#ids.set(traceId, SAMPLED);
  }

  has(traceId: string): boolean {
    return this.#ids.get(traceId) === SAMPLED;
  }
}

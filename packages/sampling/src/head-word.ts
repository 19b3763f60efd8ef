import { DecisionCache } from './tail/decision-cache.ts';

const MOST = 65_536;

/**
 * What a head sampler knows and its tail sampler needs: by which rule other services were told whether a trace is
 * sampled. Noted for rules with conditions only; one without matches whatever came to it at the start. 17 bytes for each.
 */
export class HeadWord {
  /** There is a head sampler that goes before a tail, so the sampled flag of spans is what it said. */
  isGiven: boolean = false;
  /** The policy has been exchanged, so a rule that keeps none may have told another word before. */
  isExchanged: boolean = false;
  readonly #rules = new DecisionCache(MOST);

  /** @param rule - its number, of {@link RuleCounts} */
  add(traceId: string, rule: number): void {
    this.#rules.set(traceId, rule);
  }

  isBy(traceId: string, rule: number): boolean {
    return this.#rules.get(traceId) === rule;
  }

  isNoted(traceId: string): boolean {
    return this.#rules.get(traceId) !== undefined;
  }
}

import type { PolicyHolder } from '../live-policy.ts';
import { decide, decideUnderStress } from './decide.ts';
import { type DecisionCause, noDecisions } from './tail-stats.ts';
import { NEVER, type TraceRecord } from './trace-record.ts';
import type { Verdict, Verdicts } from './verdict.ts';

/** Why a trace is decided about: also again, for a span that comes after its local root. */
export type Cause = DecisionCause | 'late';

/** Makes the verdict about a trace as it is at a moment, and counts what made it. */
export class Decider {
  readonly #policy: PolicyHolder;
  readonly #stressRatio: number;
  readonly #verdicts: Verdicts;
  readonly #decisions = noDecisions();

  constructor(policy: PolicyHolder, stressRatio: number, verdicts: Verdicts) {
    this.#policy = policy;
    this.#stressRatio = stressRatio;
    this.#verdicts = verdicts;
  }

  get decisions(): Readonly<Record<DecisionCause, number>> {
    return { ...this.#decisions };
  }

  count(cause: Cause, { lastVerdict }: TraceRecord): void {
    // Each span of a trace may be looked at alone, which makes it no other trace.
    if (cause === 'late' || (cause === 'stress' && lastVerdict !== undefined)) return;
    this.#decisions[cause]++;
  }

  /** @param certain - index of the rule that decides whatever else happens, or -1 */
  verdictOf(record: TraceRecord, cause: Cause, certain: number, tick: number): Verdict {
    const isOpen = certain < 0 && record.rootTick === NEVER;
    const { headWord } = this.#policy;
    if (cause === 'stress') {
      return decideUnderStress(record, this.#stressRatio, isOpen, this.#verdicts, headWord);
    }
    const { end, rules } = record;
    // Until now, for this decision: the spans to come will say how long it really was.
    if (isOpen && cause !== 'idle' && cause !== 'drained') record.coverUntil(tick);
    const index = rules.match(record);
    record.end = end;
    const stays = certain >= 0 || rules.isFirst(record, index);
    return decide(record, index, { isOpen, stays }, this.#verdicts, headWord);
  }
}

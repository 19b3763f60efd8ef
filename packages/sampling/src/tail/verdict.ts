import type { Threshold } from '../threshold.ts';

/** What was decided about a trace. One object for all traces that were decided in the same way. */
export interface Verdict {
  /** What the {@link DecisionCache} remembers of it: at least 1, below 2^32. */
  readonly id: number;
  readonly rule: string;
  readonly kept: boolean;
  /** The local root had not ended, or some spans of the trace were left out before. */
  readonly partial: boolean;
  /**
   * Whatever else happens in the trace, this stays. What is kept stays kept in any case, but another rule may be the first
   * to match, and make it stand for less; what is dropped may be kept from then on.
   */
  readonly isFinal: boolean;
  /** The share in the tracestate that came in is the right one. */
  readonly hasCallersShare: boolean;
  /** The share that was kept; `undefined` where nobody knows. */
  readonly threshold: Threshold | undefined;
}

// Few of these exist: rules times the shares they had. Who changes the policy every minute for weeks gets here.
const MAX_VERDICTS = 65_536;

/** Finds the one verdict object of its kind, and verdicts by the number that was remembered. */
export class Verdicts {
  readonly #byKey = new Map<string, Verdict>();
  #all: Verdict[] = [];
  // Numbers are not used again, so that a number from before a `clear` finds nothing.
  #firstId = 1;

  of(verdict: Omit<Verdict, 'id'>): Verdict {
    const { rule, kept, partial, isFinal, hasCallersShare, threshold } = verdict;
    const flags =
      (isFinal ? 8 : 0) + (kept ? 4 : 0) + (partial ? 2 : 0) + (hasCallersShare ? 1 : 0);
    const key = `${flags}${threshold?.text ?? ''} ${rule}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#all.length >= MAX_VERDICTS) this.#clear();
    const made = { ...verdict, id: this.#firstId + this.#all.length };
    this.#all.push(made);
    this.#byKey.set(key, made);
    return made;
  }

  withId(id: number): Verdict | undefined {
    return this.#all[id - this.#firstId];
  }

  #clear(): void {
    this.#firstId += this.#all.length;
    this.#all = [];
    this.#byKey.clear();
  }
}

import type { ReadableSpan } from '@llm-otel/core';
import { DecisionCache } from './decision-cache.ts';
import { isLocalRoot } from './kept-spans.ts';
import { type Verdict, Verdicts } from './verdict.ts';

const NO_VERDICT = 0;

/**
 * What was decided, for spans that end after their trace was decided. Each kind has a cache of its own, so that those
 * that come by the thousand push out none of those that matter: dropped traces no kept ones, and kept ones that are over
 * none whose run goes on, perhaps after hours of waiting for somebody.
 */
export class RememberedVerdicts {
  readonly known: Verdicts = new Verdicts();
  readonly #running: DecisionCache;
  readonly #kept: DecisionCache;
  readonly #dropped: DecisionCache;

  /** @param maxDecisions - most of each kind */
  constructor(maxDecisions: number) {
    this.#running = new DecisionCache(maxDecisions);
    this.#kept = new DecisionCache(maxDecisions);
    this.#dropped = new DecisionCache(maxDecisions);
  }

  /** @param hasEnded - the local root of the trace has ended */
  set(traceId: string, verdict: Verdict, hasEnded: boolean): void {
    if (!verdict.kept) this.#dropped.set(traceId, verdict.id);
    else if (hasEnded) this.#end(traceId, verdict);
    else this.#running.set(traceId, verdict.id);
  }

  /** What was decided about the trace of a span that ends now. */
  of(traceId: string, span: ReadableSpan): Verdict | undefined {
    const running = this.#find(this.#running, traceId);
    if (running?.isFinal === true && isLocalRoot(span)) this.#end(traceId, running);
    return running ?? this.#find(this.#kept, traceId) ?? this.#find(this.#dropped, traceId);
  }

  #find(cache: DecisionCache, traceId: string): Verdict | undefined {
    return this.known.withId(cache.get(traceId) ?? NO_VERDICT);
  }

  /** Where nothing else is known of a kept trace that is over, its late spans follow what was decided. */
  #end(traceId: string, verdict: Verdict): void {
    this.#running.delete(traceId);
    const { id } = verdict.isFinal ? verdict : this.known.of({ ...verdict, isFinal: true });
    this.#kept.set(traceId, id);
  }
}

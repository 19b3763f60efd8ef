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
  set(traceId: string, { id, kept }: Verdict, hasEnded: boolean): void {
    if (!kept) this.#dropped.set(traceId, id);
    else if (hasEnded) this.#end(traceId, id);
    else this.#running.set(traceId, id);
  }

  /** What was decided about the trace of a span that ends now. */
  of(traceId: string, span: ReadableSpan): Verdict | undefined {
    const running = this.#running.get(traceId);
    if (running !== undefined && isLocalRoot(span)) this.#end(traceId, running);
    const id = running ?? this.#kept.get(traceId) ?? this.#dropped.get(traceId);
    return this.known.withId(id ?? NO_VERDICT);
  }

  #end(traceId: string, id: number): void {
    this.#running.delete(traceId);
    this.#kept.set(traceId, id);
  }
}

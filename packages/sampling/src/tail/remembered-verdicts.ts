import type { ReadableSpan } from '@llm-otel/core';
import { DecisionCache } from './decision-cache.ts';
import { isLocalRoot } from './kept-spans.ts';
import type { TraceKey } from './trace-key.ts';
import { type Verdict, Verdicts } from './verdict.ts';

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
  set(key: TraceKey, verdict: Verdict, hasEnded: boolean): void {
    if (!verdict.kept) this.#dropped.put(key, verdict.id);
    else if (hasEnded) this.#end(key, verdict);
    else this.#running.put(key, verdict.id);
  }

  /** What was decided about the trace of a span that ends now. */
  of(key: TraceKey, span: ReadableSpan): Verdict | undefined {
    const running = this.#find(this.#running, key);
    if (running?.isFinal === true && isLocalRoot(span)) this.#end(key, running);
    return running ?? this.#find(this.#kept, key) ?? this.#find(this.#dropped, key);
  }

  #find(cache: DecisionCache, key: TraceKey): Verdict | undefined {
    const found = cache.find(key);
    return found === undefined ? undefined : this.known.withId(found);
  }

  /** Where nothing else is known of a kept trace that is over, its late spans follow what was decided. */
  #end(key: TraceKey, verdict: Verdict): void {
    this.#running.remove(key);
    const final = verdict.isFinal ? verdict : this.known.of({ ...verdict, isFinal: true });
    this.#kept.put(key, final.id);
  }
}

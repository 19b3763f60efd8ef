import type { HeldTraces } from './held-traces.ts';
import { IdleLooks } from './idle-looks.ts';
import type { TailLimits } from './limits.ts';
import type { DecisionCause } from './tail-stats.ts';
import { ticksFor } from './ticker.ts';
import type { TraceRecord } from './trace-record.ts';

export type DueCause = Extract<DecisionCause, 'root_ended' | 'deadline' | 'idle'>;

/** Finds the held traces that have waited as long as they may. */
export class DueTraces {
  readonly #held: HeldTraces;
  // In ticks.
  readonly #delay: number;
  readonly #deadline: number;
  readonly #idle: number;
  readonly #idleLooks: IdleLooks;

  constructor(held: HeldTraces, limits: TailLimits) {
    this.#held = held;
    this.#delay = ticksFor(limits.decisionDelayMillis);
    this.#deadline = ticksFor(limits.deadlineMillis);
    this.#idle = ticksFor(limits.idleMillis);
    this.#idleLooks = new IdleLooks(held.all, this.#idle);
  }

  /** The first two kinds come in the order of their records, so only those that are due are looked at. */
  each(tick: number, decide: (record: TraceRecord, cause: DueCause) => void): void {
    for (const record of this.#held.ended) {
      if (record.rootTick + this.#delay > tick) break;
      decide(record, 'root_ended');
    }
    for (const record of this.#held.all.values()) {
      if (record.heldSince + this.#deadline > tick) break;
      decide(record, 'deadline');
    }
    this.#idleLooks.each((record) => {
      if (record.lastTick + this.#idle <= tick) decide(record, 'idle');
    });
  }
}

import type { TraceRecord } from './trace-record.ts';

const ROUND = 1 / 8;
const SHORTEST_ROUND = 8;
const FEWEST_LOOKS = 64;

/**
 * Looks at some of the held traces at each tick, because each is cold in memory: at all of them within an eighth of the
 * wait, or two seconds.
 */
export class IdleLooks {
  readonly #traces: ReadonlyMap<string, TraceRecord>;
  readonly #ticksOfRound: number;
  // Of a Map, so it may change in the middle of a round.
  #rest: Iterator<TraceRecord> | undefined;

  constructor(traces: ReadonlyMap<string, TraceRecord>, idleTicks: number) {
    this.#traces = traces;
    this.#ticksOfRound = Math.max(SHORTEST_ROUND, idleTicks * ROUND);
  }

  each(look: (record: TraceRecord) => void): void {
    let looks = Math.max(FEWEST_LOOKS, Math.ceil(this.#traces.size / this.#ticksOfRound));
    this.#rest ??= this.#traces.values();
    for (; looks > 0; looks--) {
      const next = this.#rest.next();
      if (next.done === true) {
        this.#rest = undefined;
        return;
      }
      look(next.value);
    }
  }
}

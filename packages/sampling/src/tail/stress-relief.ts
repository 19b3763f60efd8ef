import { TICK_MILLIS } from './ticker.ts';
import { NEVER } from './trace-record.ts';

const BEGINS_AT = 0.9;
const ENDS_BELOW = 0.75;
const SHORTEST_TICKS = 10_000 / TICK_MILLIS;

/** Whether traces that begin are decided at once, because there is hardly room for those that are held. */
export class StressRelief {
  #since: number = NEVER;

  get isOn(): boolean {
    return this.#since !== NEVER;
  }

  /** @param fill - how much of the room is used, from 0 to 1 */
  look(fill: number, tick: number): boolean {
    if (this.#since === NEVER) {
      if (fill >= BEGINS_AT) this.#since = tick;
    } else if (fill < ENDS_BELOW && tick - this.#since >= SHORTEST_TICKS) {
      this.#since = NEVER;
    }
    return this.isOn;
  }
}

import { type Threshold, thresholdOf } from '../threshold.ts';
import { TICK_MILLIS } from './ticker.ts';
import { NEVER } from './trace-record.ts';

const BEGINS_AT = 0.9;
const ENDS_BELOW = 0.75;
const SHORTEST_TICKS = 10_000 / TICK_MILLIS;

/** What the tail samplers of a policy keep of traces that begin, so that its head sampler tells no more. */
export class ReliefShares {
  readonly #shares = new Map<object, number>();
  /** The lowest of those that are under stress; 1 where none is. */
  share = 1;
  threshold: Threshold | undefined = thresholdOf(1);

  /** @param share - 1 where there is room again */
  set(tail: object, share: number): void {
    if (share === 1) this.#shares.delete(tail);
    else this.#shares.set(tail, share);
    this.share = Math.min(1, ...this.#shares.values());
    this.threshold = thresholdOf(this.share);
  }
}

/** Whether traces that begin are decided at once, because there is hardly room for those that are held. */
export class StressRelief {
  readonly #shares: ReliefShares;
  readonly #ratio: number;
  #since: number = NEVER;

  constructor(shares: ReliefShares, ratio: number) {
    this.#shares = shares;
    this.#ratio = ratio;
  }

  get isOn(): boolean {
    return this.#since !== NEVER;
  }

  /** @param fill - how much of the room is used, from 0 to 1 */
  look(fill: number, tick: number): boolean {
    if (this.#since === NEVER) {
      if (fill >= BEGINS_AT) this.#begin(tick);
    } else if (fill < ENDS_BELOW && tick - this.#since >= SHORTEST_TICKS) {
      this.end();
    }
    return this.isOn;
  }

  end(): void {
    this.#since = NEVER;
    this.#shares.set(this, 1);
  }

  #begin(tick: number): void {
    this.#since = tick;
    this.#shares.set(this, this.#ratio);
  }
}

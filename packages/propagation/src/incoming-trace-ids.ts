// 72 KB, whatever comes in: a newer trace takes the place of an older one with the same last digits.
const PLACES = 8192;
const LENGTH = 32;

const KNOWN = 0b01;
const RANDOM = 0b10;

/**
 * Whether traces that came in had the random flag, by the last 64 bits of their ids. A span of the SDK has lost the
 * flag, and the context it was extracted into is often not the one it is sent from.
 */
export class IncomingTraceIds {
  readonly #upper = new Int32Array(PLACES);
  readonly #lower = new Int32Array(PLACES);
  readonly #state = new Uint8Array(PLACES);

  /** `traceId` is valid. */
  note(traceId: string, isRandom: boolean): void {
    const lower = bitsOf(traceId, LENGTH - 8);
    const place = lower & (PLACES - 1);
    this.#lower[place] = lower;
    this.#upper[place] = bitsOf(traceId, LENGTH - 16);
    this.#state[place] = isRandom ? KNOWN | RANDOM : KNOWN;
  }

  /** `undefined` for a trace that did not come in, or so long ago that others have taken its place. */
  isRandom(traceId: string): boolean | undefined {
    const lower = bitsOf(traceId, LENGTH - 8);
    const place = lower & (PLACES - 1);
    const state = this.#state[place] as number;
    return state === 0 ||
      this.#lower[place] !== lower ||
      this.#upper[place] !== bitsOf(traceId, LENGTH - 16)
      ? undefined
      : (state & RANDOM) !== 0;
  }
}

/** Of this process: a trace that one propagator reads is sent on by another. */
export const incomingTraceIds: IncomingTraceIds = new IncomingTraceIds();

/** Of eight digits. Without a loop and a table: this is read with every request. */
function bitsOf(id: string, from: number): number {
  return (
    (digit(id, from) << 28) |
    (digit(id, from + 1) << 24) |
    (digit(id, from + 2) << 20) |
    (digit(id, from + 3) << 16) |
    (digit(id, from + 4) << 12) |
    (digit(id, from + 5) << 8) |
    (digit(id, from + 6) << 4) |
    digit(id, from + 7)
  );
}

/** Of a digit that is known to be one: letters have the bit 64, and `a` ends in 1. */
function digit(id: string, at: number): number {
  const code = id.charCodeAt(at);
  return (code & 15) + 9 * (code >> 6);
}

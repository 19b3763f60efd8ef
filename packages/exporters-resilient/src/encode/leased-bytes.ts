import { allocateBytes } from './write-utf8.ts';

/**
 * A request in memory that its writer wants back. Several destinations may send it at once: each says
 * {@link use} before and {@link release} after. Never releasing is safe, the memory is collected as any other.
 */
export class LeasedBytes {
  #bytes: Uint8Array;
  #memory: Uint8Array | undefined;
  #users = 0;
  readonly #giveBack: (memory: Uint8Array) => void;

  constructor(memory: Uint8Array, length: number, giveBack: (memory: Uint8Array) => void) {
    this.#bytes = memory.subarray(0, length);
    this.#memory = memory;
    this.#giveBack = giveBack;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  use(): void {
    this.#users++;
  }

  /** Moves the request into memory of its own size, to wait there. Whoever still sends the old bytes may go on. */
  keep(): void {
    if (this.#memory === undefined) return;
    this.#memory = undefined;
    this.#bytes = copyOf(this.#bytes, this.#bytes.length);
  }

  /** Nobody reads the bytes on this user's behalf any more. */
  release(): void {
    if (--this.#users > 0 || this.#memory === undefined) return;
    this.#giveBack(this.#memory);
    this.#memory = undefined;
    this.#bytes = NOTHING;
  }
}

const NOTHING: Uint8Array = new Uint8Array(0);

/** The first `length` bytes, copied into a Uint8Array that is nothing more special. */
export function copyOf(bytes: Uint8Array, length: number): Uint8Array {
  const memory = allocateBytes(length);
  const copy = new Uint8Array(memory.buffer, memory.byteOffset, length);
  copy.set(length === bytes.length ? bytes : bytes.subarray(0, length));
  return copy;
}

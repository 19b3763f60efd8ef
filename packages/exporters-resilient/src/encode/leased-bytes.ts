import { allocateBytes } from './write-utf8.ts';

/**
 * A request in memory that its writer wants back. Several destinations may send it at once: each says
 * {@link use} before and {@link release} after. Never releasing is safe, the memory is collected as any other.
 */
export class LeasedBytes {
  #bytes: Uint8Array;
  #giveBack: (() => void) | undefined;
  #users = 0;

  constructor(bytes: Uint8Array, giveBack: () => void) {
    this.#bytes = bytes;
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
    if (this.#giveBack === undefined) return;
    this.#giveBack = undefined;
    this.#bytes = copyOf(this.#bytes);
  }

  /** Nobody reads the bytes on this user's behalf any more. */
  release(): void {
    if (--this.#users > 0 || this.#giveBack === undefined) return;
    this.#giveBack();
    this.#giveBack = undefined;
    this.#bytes = NOTHING;
  }
}

const NOTHING: Uint8Array = new Uint8Array(0);

/** The same bytes in a Uint8Array that is nothing more special. */
export function copyOf(bytes: Uint8Array): Uint8Array {
  const memory = allocateBytes(bytes.length);
  const copy = new Uint8Array(memory.buffer, memory.byteOffset, bytes.length);
  copy.set(bytes);
  return copy;
}

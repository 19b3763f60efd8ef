import { LeasedBytes } from './leased-bytes.ts';

const MAX_SPARES = 4;
const MAX_SPARE_SIZE = 16 * 1024 * 1024;

/**
 * Memory for requests that comes back once they are sent. Fresh memory costs as much as writing it: the system hands
 * it out page by page, each one cleared.
 */
export class SpareMemory {
  readonly #spare: Uint8Array[] = [];

  /** Memory of any size that was used before. */
  take(): Uint8Array | undefined {
    return this.#spare.pop();
  }

  /** Part of `memory`, which is taken back when that is released. */
  lease(memory: Uint8Array, from: number, to: number): LeasedBytes {
    return new LeasedBytes(memory.subarray(from, to), () => this.#takeBack(memory));
  }

  #takeBack(memory: Uint8Array): void {
    if (this.#spare.length < MAX_SPARES && memory.length <= MAX_SPARE_SIZE)
      this.#spare.push(memory);
  }
}

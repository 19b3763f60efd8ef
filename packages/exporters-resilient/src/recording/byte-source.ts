import { ByteQueue } from './byte-queue.ts';

const LINE_BREAK = 0x0a;

/** Reads a stream of bytes by length and by line. */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #queue = new ByteQueue();
  #ended = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, which stay; fewer at the end. */
  async peek(count: number): Promise<Uint8Array> {
    await this.#fill(count);
    return this.#queue.peek(count);
  }

  /** The next bytes; fewer at the end. */
  async take(count: number): Promise<Uint8Array> {
    await this.#fill(count);
    return this.#queue.take(count);
  }

  /**
   * What is left of the line, without its end; `undefined` at the end of the stream. Of a line that is longer than
   * `limit` the first `limit` bytes come, and the rest with the next call.
   */
  async line(limit: number): Promise<Uint8Array | undefined> {
    let searched = 0;
    for (;;) {
      const end = this.#queue.indexOf(LINE_BREAK, searched);
      if (end >= 0) {
        const line = this.#queue.take(end);
        this.#queue.take(1);
        return line;
      }
      searched = this.#queue.length;
      if (searched >= limit) return this.#queue.take(limit);
      if (!(await this.#read())) return searched === 0 ? undefined : this.#queue.take(searched);
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #fill(count: number): Promise<void> {
    while (this.#queue.length < count) if (!(await this.#read())) return;
  }

  async #read(): Promise<boolean> {
    if (this.#ended) return false;
    const { done, value } = await this.#chunks.next();
    if (done === true) this.#ended = true;
    else this.#queue.push(value);
    return !this.#ended;
  }
}

/** Bytes that come in chunks, and are taken from the front in pieces of any size. */
export class ByteQueue {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** `count` bytes, or as many as there are. */
  take(count: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let missing = Math.min(count, this.#length); missing > 0;) {
      const chunk = this.#chunks[0]!;
      const part = chunk.subarray(0, missing);
      parts.push(part);
      missing -= part.length;
      this.#length -= part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  /** The same, which stay. */
  peek(count: number): Uint8Array {
    const bytes = this.take(count);
    if (bytes.length > 0) this.#chunks.unshift(bytes);
    this.#length += bytes.length;
    return bytes;
  }

  /** How many bytes stand in front of the first `byte`, of which the first `from` are known to be others; else -1. */
  indexOf(byte: number, from: number): number {
    let start = 0;
    for (const chunk of this.#chunks) {
      const found = chunk.indexOf(byte, Math.max(0, from - start));
      if (found >= 0) return start + found;
      start += chunk.length;
    }
    return -1;
  }
}

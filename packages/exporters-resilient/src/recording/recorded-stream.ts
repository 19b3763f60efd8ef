import type { RecordedRequest, Recording } from '@llm-otel/core';
import { ByteSource } from './byte-source.ts';
import { Damage } from './damage.ts';
import { jsonRequests } from './json-requests.ts';
import { framedRequests, singleProtobufRequest } from './protobuf-requests.ts';
import { unpacked } from './unpacked.ts';

/** Requests of 64 MiB and more are not read, so their lengths start with one of these. */
const HIGHEST_LENGTH_BYTE = 0x04;
// A line break is the tag of the first field of protobuf as well, and a bracket may be the length behind it: what
// follows the bracket tells.
const JSON_START = /^\s*[[{]\s*(?:"[ -~]|[[\]{}]|$)|^\s*$/;
const LOOKED_AT = 256;

/** A file or the standard input as a recording. What it holds is seen by its first bytes, not by its name. */
export class RecordedStream implements Recording {
  readonly name: string;
  readonly bytes: number | undefined;
  bytesRead = 0;
  readonly #chunks: () => AsyncIterable<Uint8Array>;
  readonly #damage = new Damage();

  constructor(name: string, bytes: number | undefined, chunks: () => AsyncIterable<Uint8Array>) {
    this.name = name;
    this.bytes = bytes;
    this.#chunks = chunks;
  }

  get damage(): Recording['damage'] {
    return this.#damage.seen;
  }

  async *requests(): AsyncGenerator<RecordedRequest> {
    const source = new ByteSource(unpacked(this.#counted()));
    try {
      yield* await this.#requestsIn(source);
    } catch (error) {
      // The end of a packed file that is still being written, or that was cut off.
      this.#damage.add(`it breaks off: ${(error as Error).message}`);
    } finally {
      await source.close();
    }
  }

  async #requestsIn(source: ByteSource): Promise<AsyncIterable<RecordedRequest>> {
    const start = await source.peek(LOOKED_AT);
    const first = start[0];
    if (first !== undefined && first <= HIGHEST_LENGTH_BYTE)
      return framedRequests(source, this.#damage);
    const text = Buffer.from(start).toString('latin1');
    // Lines of which the first is damaged may start with anything.
    const isJson = JSON_START.test(text) || text.startsWith('{') || text.startsWith('[');
    return (isJson ? jsonRequests : singleProtobufRequest)(source, this.#damage);
  }

  async *#counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#chunks()) {
      this.bytesRead += chunk.length;
      yield chunk;
    }
  }
}

import { isUtf8 } from 'node:buffer';
import { DecodeError } from './decode-error.ts';

/** The wire types of proto3. Groups (3 and 4) are gone from it and are rejected. */
export const WIRE_VARINT = 0;
export const WIRE_FIXED64 = 1;
export const WIRE_BYTES = 2;
export const WIRE_FIXED32 = 5;

const MAX_UINT64 = (1n << 64n) - 1n;

/** Reads protobuf's wire format from a stretch of bytes, and refuses whatever is not well-formed. */
export class WireReader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #end: number;
  #position: number;

  constructor(source: Uint8Array | WireReader, start: number = 0, end: number = source.length) {
    if (source instanceof WireReader) {
      this.#bytes = source.#bytes;
      this.#view = source.#view;
    } else {
      const { buffer, byteOffset, byteLength } = source;
      this.#bytes = Buffer.from(buffer, byteOffset, byteLength);
      this.#view = new DataView(buffer, byteOffset, byteLength);
    }
    this.#position = start;
    this.#end = end;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Offset of the next byte in the whole request. */
  get position(): number {
    return this.#position;
  }

  get done(): boolean {
    return this.#position === this.#end;
  }

  tag(): { readonly field: number; readonly wireType: number } {
    const tag = this.#smallVarint();
    const field = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (field < 1 || field > 0x1fff_ffff) throw this.error(`field number ${field}`);
    if (wireType === 3 || wireType === 4 || wireType > 5) throw this.error(`wire type ${wireType}`);
    return { field, wireType };
  }

  /** An unsigned 64-bit varint. */
  varint(): bigint {
    const start = this.#position;
    const small = this.#smallVarint();
    if (small <= Number.MAX_SAFE_INTEGER) return BigInt(small);
    // A double has lost the last bits: again, and exactly.
    let value = 0n;
    for (let at = start; at < this.#position; at += 1)
      value |= BigInt((this.#bytes[at] as number) & 0x7f) << BigInt(7 * (at - start));
    if (value > MAX_UINT64) throw this.error('varint above 64 bits');
    return value;
  }

  fixed32(): number {
    const at = this.#take(4, 'fixed32');
    return this.#view.getUint32(at, true);
  }

  fixed64(): bigint {
    const at = this.#take(8, 'fixed64');
    return this.#view.getBigUint64(at, true);
  }

  double(): number {
    const at = this.#take(8, 'double');
    return this.#view.getFloat64(at, true);
  }

  /** A copy of a length-delimited field: the request's buffer can be let go. */
  bytes(): Uint8Array {
    const { start, end } = this.#delimited();
    return Uint8Array.from(this.#bytes.subarray(start, end));
  }

  string(): string {
    const { start, end } = this.#delimited();
    const text = this.#bytes.subarray(start, end);
    // Buffer's own decoding replaces what is broken instead of refusing it.
    if (!isUtf8(text)) throw new DecodeError(`at byte ${start}: not valid UTF-8`);
    return text.toString('utf8');
  }

  /** A reader of the message that comes next, over the same bytes; this one continues behind it. */
  message(): WireReader {
    const { start, end } = this.#delimited();
    return new WireReader(this, start, end);
  }

  skip(wireType: number): void {
    if (wireType === WIRE_VARINT) this.varint();
    else if (wireType === WIRE_FIXED64) this.#take(8, 'fixed64');
    else if (wireType === WIRE_FIXED32) this.#take(4, 'fixed32');
    else this.#delimited();
  }

  error(what: string): DecodeError {
    return new DecodeError(`at byte ${this.#position}: ${what}`);
  }

  #delimited(): { readonly start: number; readonly end: number } {
    const length = this.#smallVarint();
    const start = this.#take(length, `${length} bytes`);
    return { start, end: start + length };
  }

  /** Exact up to 2^53, which is enough for tags and lengths. */
  #smallVarint(): number {
    let value = 0;
    for (let index = 0; index < 10; index += 1) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    throw this.error('varint longer than 10 bytes');
  }

  #byte(): number {
    return this.#bytes[this.#take(1, 'varint')] as number;
  }

  /** Moves over `length` bytes and returns where they start. */
  #take(length: number, what: string): number {
    const start = this.#position;
    if (length > this.#end - start)
      throw this.error(`${what} needed, ${this.#end - start} bytes left`);
    this.#position = start + length;
    return start;
  }
}

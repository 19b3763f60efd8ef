import type { JsonField } from '../json/json-fields.ts';
import type { ReadText } from '../json/read-text.ts';
import { DecodeError } from './decode-result.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
// Three bytes are four characters of base64: no part but the last has padding.
const PART_BYTES = 3 * 4096;
// OTLP's have 8 and 16 bytes.
const LONGEST_ID = 1024;

/** Reads tags and values of protobuf, never past the end it is given. Throws {@link DecodeError}. */
export class ScalarReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #readText: ReadText;
  position = 0;

  constructor(bytes: Uint8Array, readText: ReadText) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#readText = readText;
  }

  tag(to: number): number {
    const start = this.position;
    const tag = this.#varint(to);
    if (tag >= 2n ** 32n) throw new DecodeError('a field number is too large', start);
    return Number(tag);
  }

  /** Where the value ends. Moves to its first byte. */
  endOf(wireType: number, to: number, start: number): number {
    let end: number;
    if (wireType === 0) {
      const from = this.position;
      this.#varint(to);
      end = this.position;
      this.position = from;
    } else if (wireType === 1) end = this.position + 8;
    else if (wireType === 5) end = this.position + 4;
    else if (wireType === 2) {
      const length = this.#varint(to);
      end = this.position + Number(length);
    } else throw new DecodeError(`there is no wire type ${wireType}`, start);
    if (end > to) throw new DecodeError('a field is longer than its message', start);
    return end;
  }

  /** The value that starts here and ends at `end`, or, where several stand there, the first. */
  scalar(kind: JsonField['kind'], end: number): unknown {
    const from = this.position;
    switch (kind) {
      case 'text':
        this.position = end;
        return this.#readText(from, end);
      case 'id':
        this.position = end;
        return this.#hex(from, end);
      case 'bytes':
        this.position = end;
        return this.#base64(from, end);
      case 'double':
        return jsonDouble(this.#view.getFloat64(this.#skip(8, end), true));
      case 'fixed32':
        return this.#view.getUint32(this.#skip(4, end), true);
      case 'fixed64':
        return String(this.#view.getBigUint64(this.#skip(8, end), true));
      case 'sfixed64':
        return String(this.#view.getBigInt64(this.#skip(8, end), true));
    }
    const value = this.#varint(end);
    switch (kind) {
      case 'bool':
        return value !== 0n;
      case 'int64':
        return String(BigInt.asIntN(64, value));
      case 'uint64':
        return String(value);
      case 'sint32':
        return Number(BigInt.asIntN(32, (value >> 1n) ^ -(value & 1n)));
      default:
        return Number(BigInt.asUintN(32, value));
    }
  }

  #skip(bytes: number, end: number): number {
    const from = this.position;
    if (from + bytes > end) throw new DecodeError('a number does not end', from);
    this.position += bytes;
    return from;
  }

  #varint(to: number): bigint {
    const start = this.position;
    let low = 0;
    let position = start;
    // Nearly all fit here.
    for (let shift = 0; shift < 28 && position < to; shift += 7) {
      const byte = this.#bytes[position++]!;
      low |= (byte & 127) << shift;
      if (byte < 128) {
        this.position = position;
        return BigInt(low);
      }
    }
    let value = BigInt(low);
    for (let shift = 28n; shift < 70n && position < to; shift += 7n) {
      const byte = this.#bytes[position++]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) {
        this.position = position;
        return BigInt.asUintN(64, value);
      }
    }
    throw new DecodeError('a number does not end', start);
  }

  #hex(from: number, to: number): string {
    if (to - from > LONGEST_ID)
      throw new DecodeError(`an id has ${to - from} bytes, more than ${LONGEST_ID}`, from);
    let text = '';
    for (let i = from; i < to; i++) text += HEX[this.#bytes[i]!]!;
    return text;
  }

  #base64(from: number, to: number): string {
    // A text that grows by a character a million times takes thirty times its size.
    const parts: string[] = [];
    for (let at = from; at < to; at += PART_BYTES) {
      const part = this.#bytes.subarray(at, Math.min(at + PART_BYTES, to));
      parts.push(btoa(Reflect.apply(String.fromCharCode, undefined, part)));
    }
    return parts.join('');
  }
}

function jsonDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

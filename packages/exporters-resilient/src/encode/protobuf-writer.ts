import { copyOf, type LeasedBytes } from './leased-bytes.ts';
import { SpareMemory } from './spare-memory.ts';
import { allocateBytes, writeUtf8, type WriteUtf8 } from './write-utf8.ts';

/** What {@link ProtobufWriter} allocates and writes text with. Replaced together: the one writes into the other. */
export interface ProtobufWriterOptions {
  readonly allocate?: ((size: number) => Uint8Array) | undefined;
  readonly writeUtf8?: WriteUtf8 | undefined;
}

const FIRST_SIZE = 64 * 1024;
// Memory that one very large request took does not stay for all that follow.
const LARGEST_KEPT = 16 * 1024 * 1024;
// Up to this length a loop over the characters is faster than the call of a native writer.
const SHORT_TEXT = 24;
const TWO_TO_32 = 4294967296;

/**
 * Writes protobuf in one pass, front to back. Lengths of nested messages are guessed ({@link open}) and
 * their content moved only when the guess was wrong. Methods that take a tag or a number do not check for
 * room; call {@link room} once for several of them. Methods that take text or bytes do.
 */
export class ProtobufWriter {
  bytes: Uint8Array;
  view: DataView;
  position = 0;
  readonly #allocate: (size: number) => Uint8Array;
  readonly #writeUtf8: WriteUtf8;
  readonly #spare = new SpareMemory();
  #seconds = 0;
  #secondsLow = 0;
  #secondsHigh = 0;

  constructor(options: ProtobufWriterOptions = {}) {
    this.#allocate = options.allocate ?? allocateBytes;
    this.#writeUtf8 = options.writeUtf8 ?? writeUtf8;
    this.bytes = this.#allocate(FIRST_SIZE);
    this.view = viewOf(this.bytes);
  }

  /** Makes sure that `size` more bytes fit. */
  room(size: number): void {
    if (this.position + size > this.bytes.length) this.#grow(size);
  }

  #grow(size: number): void {
    const written = this.bytes.subarray(0, this.position);
    this.bytes = this.#allocate(Math.max(this.bytes.length * 2, this.position + size + FIRST_SIZE));
    this.bytes.set(written);
    this.view = viewOf(this.bytes);
  }

  /** Starts a new message. What was written before is forgotten, unless it was taken away. */
  restart(): void {
    this.position = 0;
    if (this.bytes.length > LARGEST_KEPT) this.#goOnIn(this.#allocate(FIRST_SIZE));
  }

  /** What was written so far, but for the first `from` bytes, in memory of its own: a new message begins. */
  copy(from = 0): Uint8Array {
    const copy = copyOf(this.bytes.subarray(from, this.position));
    this.restart();
    return copy;
  }

  /** The same, with the memory it stands in: the writer goes on in other memory. */
  lease(from = 0): LeasedBytes {
    const memory = this.bytes;
    const lease = this.#spare.lease(memory, from, this.position);
    const size = memory.length > LARGEST_KEPT ? FIRST_SIZE : memory.length;
    this.#goOnIn(this.#spare.take() ?? this.#allocate(size));
    return lease;
  }

  #goOnIn(memory: Uint8Array): void {
    this.bytes = memory;
    this.view = viewOf(memory);
    this.position = 0;
  }

  byte(value: number): void {
    this.bytes[this.position++] = value;
  }

  /** A whole number from 0 to 2^32 - 1. */
  varint(value: number): void {
    this.position = this.varintAt(value, this.position);
  }

  /** Writes a varint at `at`, without moving, and returns where it ends. */
  varintAt(value: number, at: number): number {
    const bytes = this.bytes;
    let position = at;
    let rest = value;
    while (rest > 127) {
      bytes[position++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[position++] = rest;
    return position;
  }

  /** Any whole number that fits 64 bits, negative ones in two's complement. */
  varint64(value: number): void {
    if (value >= 0 && value < TWO_TO_32) {
      this.varint(value);
      return;
    }
    let low = lowHalf(value);
    let high = highHalf(value);
    const bytes = this.bytes;
    let position = this.position;
    while (high > 0 || low > 127) {
      bytes[position++] = (low & 127) | 128;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    bytes[position++] = low;
    this.position = position;
  }

  /** A whole number that fits 64 bits, exact beyond 2^53. */
  varintBig(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    for (; rest > 127n; rest >>= 7n) this.byte(Number(rest & 127n) | 128);
    this.byte(Number(rest));
  }

  /** A signed 32-bit number, small for small magnitudes. */
  zigzag(value: number): void {
    this.varint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  fixed32(value: number): void {
    this.view.setUint32(this.position, value, true);
    this.position += 4;
  }

  /** Any whole number that fits 64 bits. */
  fixed64(value: number): void {
    this.#halves(lowHalf(value), highHalf(value));
  }

  double(value: number): void {
    this.view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  /** Seconds and nanoseconds as one number of nanoseconds, exact without BigInt. */
  time(time: readonly [number, number]): void {
    if (time[0] !== this.#seconds) this.#keepSeconds(time[0]);
    const low = this.#secondsLow + time[1];
    if (low < TWO_TO_32) this.#halves(low, this.#secondsHigh);
    else this.#halves(low - TWO_TO_32, this.#secondsHigh + 1);
  }

  /** Spans of one batch have few seconds between them: what a second is in nanoseconds is worth keeping. */
  #keepSeconds(seconds: number): void {
    // Both products stay below 2^53, so neither is rounded.
    const nanosOfLow = (seconds & 0xffff) * 1e9;
    const nanosOfHigh = ((seconds / 65536) >>> 0) * 1e9;
    const low = (nanosOfLow >>> 0) + (((nanosOfHigh & 0xffff) << 16) >>> 0);
    this.#seconds = seconds;
    this.#secondsLow = low >>> 0;
    this.#secondsHigh =
      Math.floor(nanosOfLow / TWO_TO_32) +
      ((nanosOfHigh / 65536) >>> 0) +
      Math.floor(low / TWO_TO_32);
  }

  #halves(low: number, high: number): void {
    this.view.setUint32(this.position, low, true);
    this.view.setUint32(this.position + 4, high, true);
    this.position += 8;
  }

  /** The bytes a hexadecimal id stands for, with their length in front. */
  hex(id: string): void {
    this.room(id.length + 5);
    const size = id.length >>> 1;
    this.varint(size);
    const bytes = this.bytes;
    let position = this.position;
    for (let i = 0; i < size; i++) {
      bytes[position++] =
        (HEX_DIGIT[id.charCodeAt(2 * i) & 127]! << 4) | HEX_DIGIT[id.charCodeAt(2 * i + 1) & 127]!;
    }
    this.position = position;
  }

  /** `bytes` with their length in front. */
  lengthAndBytes(bytes: Uint8Array): void {
    this.room(bytes.length + 5);
    this.varint(bytes.length);
    this.bytes.set(bytes, this.position);
    this.position += bytes.length;
  }

  /** Writes a tag and a length in front of what stands at `at`, where there is room for them. Returns where the tag is. */
  frameAt(tag: number, length: number, at: number): number {
    const start = at - 1 - varintSize(length);
    this.bytes[start] = tag;
    this.varintAt(length, start + 1);
    return start;
  }

  /** Part of what another writer has written. */
  copyOf(bytes: Uint8Array, from: number, to: number): void {
    if (from === to) return;
    this.bytes.set(bytes.subarray(from, to), this.position);
    this.position += to - from;
  }

  /** `text` as UTF-8 with its length in front. */
  lengthAndText(text: string): void {
    const length = text.length;
    this.room(length * 3 + 5);
    // Nearly all text is ASCII, where the number of bytes is the number of characters.
    const at = this.position + varintSize(length);
    const written = this.textAt(text, at);
    const actual = this.position + varintSize(written);
    if (actual !== at) this.bytes.copyWithin(actual, at, at + written);
    this.position = this.varintAt(written, this.position) + written;
  }

  /** Writes UTF-8 at `at`, without moving, and returns the number of bytes. Needs room for 3 per character. */
  textAt(text: string, at: number): number {
    const length = text.length;
    if (length < SHORT_TEXT) {
      const bytes = this.bytes;
      let i = 0;
      for (; i < length; i++) {
        const character = text.charCodeAt(i);
        if (character > 127) break;
        bytes[at + i] = character;
      }
      if (i === length) return length;
    }
    return this.#writeUtf8(text, this.bytes, at);
  }

  /** Starts a nested message, keeping `reserved` bytes for its length. Hand the result to {@link close}. */
  open(reserved: number): number {
    const start = this.position;
    this.position += reserved;
    return start;
  }

  /** Ends the nested message that was opened at `start`: writes its length, moves it where that is longer. */
  close(start: number, reserved: number): void {
    const length = this.position - start - reserved;
    const size = varintSize(length);
    if (size !== reserved) {
      this.room(5);
      this.bytes.copyWithin(start + size, start + reserved, this.position);
    }
    this.position = this.varintAt(length, start) + length;
  }
}

/** How many bytes the varint of a number from 0 to 2^32 - 1 takes. */
export function varintSize(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  return value < 0x10000000 ? 4 : 5;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function lowHalf(value: number): number {
  return value >>> 0;
}

/** The upper 32 bits. Rounding down is what two's complement needs below zero, too. */
function highHalf(value: number): number {
  return Math.floor(value / TWO_TO_32) >>> 0;
}

const HEX_DIGIT: Uint8Array = new Uint8Array(128);
for (let digit = 0; digit < 16; digit++) {
  const character = digit.toString(16);
  HEX_DIGIT[character.charCodeAt(0)] = digit;
  HEX_DIGIT[character.toUpperCase().charCodeAt(0)] = digit;
}

import type { JsonBytes } from './json-bytes.ts';
import type { JsonKind } from './json-fields.ts';

const QUOTE = 0x22;
const TWO_TO_32 = 4294967296;
const BILLION = 1_000_000_000;

/** Reads what is no message out of protobuf and writes it as JSON. */
export class JsonScalars {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #json: JsonBytes;
  // The last varint, in halves of 32 bits with a sign: a double does not hold 64.
  #low = 0;
  #high = 0;

  constructor(bytes: Uint8Array, view: DataView, json: JsonBytes) {
    this.#bytes = bytes;
    this.#view = view;
    this.#json = json;
  }

  /** Writes the one at `from` and returns where it ends. Text, ids and bytes end at `end`, others before it. */
  write(kind: JsonKind, from: number, end: number): number {
    const json = this.#json;
    switch (kind) {
      case 'text':
        json.text(this.#view, from, end);
        return end;
      case 'id':
        json.hex(this.#bytes, from, end);
        return end;
      case 'bytes':
        this.#base64(from, end);
        return end;
      case 'double':
        json.ascii(doubleText(this.#view.getFloat64(from, true)));
        return from + 8;
      case 'fixed64':
      case 'sfixed64':
        this.#low = this.#view.getInt32(from, true);
        this.#high = this.#view.getInt32(from + 4, true);
        this.#integer(kind === 'sfixed64');
        return from + 8;
      case 'fixed32':
        json.decimal(this.#view.getUint32(from, true));
        return from + 4;
    }
    const next = this.#varint(from, end);
    switch (kind) {
      case 'bool':
        json.ascii((this.#low | this.#high) === 0 ? 'false' : 'true');
        break;
      case 'sint32':
        json.ascii(String((this.#low >>> 1) ^ -(this.#low & 1)));
        break;
      case 'int64':
      case 'uint64':
        this.#integer(kind === 'int64');
        break;
      default:
        json.decimal(this.#low >>> 0);
    }
    return next;
  }

  /** The last 64 bits as a string of digits. */
  #integer(signed: boolean): void {
    const json = this.#json;
    const high = this.#high;
    json.byte(QUOTE);
    // Exact in a double up to 2^53.
    if (high >= 0 && high < 0x200000) json.decimal(high * TWO_TO_32 + (this.#low >>> 0));
    else if (high < 0 && signed)
      json.ascii(String((BigInt(high) << 32n) | BigInt(this.#low >>> 0)));
    else this.#large(high >>> 0, this.#low >>> 0);
    json.byte(QUOTE);
  }

  /** A time in nanoseconds and the like: a billion times what a double holds exactly, and the rest. */
  #large(high: number, low: number): void {
    let quotient = Math.floor((high * TWO_TO_32 + low) / BILLION);
    // By the lower 32 bits, which are exact, it shows where the quotient is off by one.
    let rest = (low - Math.imul(quotient, BILLION)) | 0;
    if (rest < 0) {
      quotient--;
      rest += BILLION;
    } else if (rest >= BILLION) {
      quotient++;
      rest -= BILLION;
    }
    this.#json.decimal(quotient);
    this.#json.decimal(rest, 9);
  }

  #varint(from: number, to: number): number {
    let low = 0;
    let high = 0;
    let position = from;
    for (let shift = 0; shift < 70 && position < to; shift += 7) {
      const byte = this.#bytes[position++]!;
      const bits = byte & 127;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high |= bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 128) {
        this.#low = low;
        this.#high = high;
        return position;
      }
    }
    throw new RangeError('a number does not end');
  }

  #base64(from: number, to: number): void {
    let binary = '';
    for (let i = from; i < to; i++) binary += String.fromCharCode(this.#bytes[i]!);
    this.#json.ascii(`"${btoa(binary)}"`);
  }
}

/** JSON has no word for these; protobuf's mapping writes them as strings. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}

import { type Field, type Message, otlpMessages } from './messages.ts';

/** A decoded message. `unknown` holds the bytes of fields that the table does not have: they are written again. */
type Decoded = Record<string, unknown>;

const UNKNOWN = Symbol('unknown fields');
const DEEPEST = 64;
const WIRE: Readonly<Record<string, number>> = {
  varint: 0,
  bool: 0,
  fixed64: 1,
  double: 1,
  fixed32: 5,
};
const REQUESTS = ['TraceRequest', 'LogsRequest', 'MetricsRequest'] as const;
export type RequestName = (typeof REQUESTS)[number];

class MalformedError extends Error {}

/** Reads and writes OTLP requests as protobuf, by a table. Numbers keep their bytes: they are not looked into. */
export class OtlpProtobuf {
  readonly #messages: ReadonlyMap<string, Message> = otlpMessages();

  /** The request, as OTLP/JSON has it, and which one it is; `undefined` when the bytes are none. */
  decode(bytes: Uint8Array): { readonly name: RequestName; readonly request: Decoded } | undefined {
    // All three start alike. The one with the fewest fields that it does not know is it.
    let best: { name: RequestName; request: Decoded; unknown: number } | undefined;
    for (const name of REQUESTS) {
      const count = { unknown: 0 };
      try {
        const request = this.#read(bytes, name, 0, count);
        if (Object.keys(request).length > 0 && (best === undefined || count.unknown < best.unknown))
          best = { name, request, unknown: count.unknown };
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error;
      }
    }
    return best;
  }

  encode(name: RequestName, request: Readonly<Record<string, unknown>>): Uint8Array {
    return Buffer.concat(this.#write(name, request));
  }

  #read(bytes: Uint8Array, name: string, depth: number, count: { unknown: number }): Decoded {
    if (depth > DEEPEST) throw new MalformedError('too deep');
    const message = this.#messages.get(name)!;
    const reader = new Reader(bytes);
    const decoded: Decoded = {};
    while (!reader.isAtEnd) {
      const start = reader.at;
      const tag = Number(reader.varint());
      const wire = tag & 7;
      const raw = reader.value(wire);
      const field = message.get(tag >>> 3);
      if (field === undefined) {
        count.unknown++;
        const kept = ((decoded as { [UNKNOWN]?: Uint8Array[] })[UNKNOWN] ??= []);
        kept.push(bytes.subarray(start, reader.at));
        continue;
      }
      const value = this.#value(field, wire, raw, depth, count);
      if (field.repeated) ((decoded[field.name] ??= []) as unknown[]).push(value);
      else decoded[field.name] = value;
    }
    return decoded;
  }

  #value(
    field: Field,
    wire: number,
    raw: Uint8Array,
    depth: number,
    count: { unknown: number },
  ): unknown {
    const scalar = WIRE[field.type];
    if (scalar !== undefined) {
      if (wire !== scalar && !(wire === 2 && field.repeated)) throw new MalformedError('wire type');
      return new Scalar(wire, raw, field.type);
    }
    if (wire !== 2) throw new MalformedError('wire type');
    if (field.type === 'hex') return Buffer.from(raw).toString('hex');
    if (field.type === 'bytes') return Buffer.from(raw).toString('base64');
    if (field.type !== 'string') return this.#read(raw, field.type, depth + 1, count);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(raw);
    } catch {
      throw new MalformedError('not UTF-8');
    }
  }

  #write(name: string, decoded: Decoded): Uint8Array[] {
    const out: Uint8Array[] = [];
    for (const [number, field] of this.#messages.get(name)!) {
      const value = decoded[field.name];
      if (value === undefined) continue;
      for (const item of field.repeated ? (value as unknown[]) : [value]) {
        if (item instanceof Scalar) {
          out.push(varint((number << 3) | item.wire));
          if (item.wire === 2) out.push(varint(item.raw.length));
          out.push(item.raw);
        } else {
          const body = Buffer.concat(this.#bytes(field, item));
          out.push(varint((number << 3) | 2), varint(body.length), body);
        }
      }
    }
    return [...out, ...((decoded as { [UNKNOWN]?: Uint8Array[] })[UNKNOWN] ?? [])];
  }

  #bytes(field: Field, item: unknown): Uint8Array[] {
    if (field.type === 'hex') return [Buffer.from(item as string, 'hex')];
    if (field.type === 'bytes') return [Buffer.from(item as string, 'base64')];
    if (field.type === 'string') return [Buffer.from(item as string)];
    return this.#write(field.type, item as Decoded);
  }
}

/** A number with the bytes it had. As a number, and as text, where it is asked for. */
class Scalar {
  readonly wire: number;
  readonly raw: Uint8Array;
  readonly #type: string;

  constructor(wire: number, raw: Uint8Array, type: string) {
    this.wire = wire;
    this.raw = raw;
    this.#type = type;
  }

  valueOf(): number {
    const view = new DataView(this.raw.buffer, this.raw.byteOffset, this.raw.byteLength);
    if (this.#type === 'double') return view.getFloat64(0, true);
    if (this.wire === 1) return Number(view.getBigUint64(0, true));
    if (this.wire === 5) return view.getUint32(0, true);
    return this.wire === 0 ? Number(BigInt.asIntN(64, new Reader(this.raw).varint())) : NaN;
  }

  toString(): string {
    if (this.wire !== 1 || this.#type === 'double') return String(this.valueOf());
    return String(new DataView(this.raw.buffer, this.raw.byteOffset, 8).getBigUint64(0, true));
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new MalformedError('varint');
  }

  /** The bytes of a value, without the length in front of them. */
  value(wire: number): Uint8Array {
    const start = this.at;
    if (wire === 0) this.varint();
    else if (wire === 1) this.at += 8;
    else if (wire === 5) this.at += 4;
    else if (wire === 2) {
      const length = Number(this.varint());
      const from = this.at;
      this.at += length;
      this.#check();
      return this.#bytes.subarray(from, this.at);
    } else throw new MalformedError('wire type');
    this.#check();
    return this.#bytes.subarray(start, this.at);
  }

  #check(): void {
    if (this.at > this.#bytes.length) throw new MalformedError('end of the message');
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.from([...bytes, rest]);
}

import { isOtlp } from './otlp/redact-otlp.ts';
import type { OtlpProtobuf } from './otlp/protobuf.ts';
import { pack, packingOf, unpack } from './packing.ts';

type Json = Readonly<Record<string, unknown>>;

/** One OTLP request in a file, and how it is written there. */
export interface RecordedRequest {
  readonly request: Json;
  readonly write: (request: Json) => Uint8Array;
}

/** Reads a request as protobuf or JSON, compressed or not; `undefined` when the bytes are none. */
export function recordedRequest(
  bytes: Uint8Array,
  protobuf: OtlpProtobuf,
  maxBytes: number,
): RecordedRequest | undefined {
  const packing = packingOf(bytes);
  if (packing !== 'none') {
    const inside = recordedRequest(unpack(bytes, packing, maxBytes), protobuf, maxBytes);
    if (inside === undefined) return undefined;
    const { request, write } = inside;
    return { request, write: (changed) => Buffer.from(pack(write(changed), packing)) };
  }
  if (bytes[0] === 0x7b) {
    const json = otlpJson(bytes);
    if (json !== undefined)
      return { request: json, write: (request) => Buffer.from(JSON.stringify(request)) };
  }
  const decoded = protobuf.decode(bytes);
  if (decoded === undefined) return undefined;
  const { name, request } = decoded;
  return { request, write: (changed) => protobuf.encode(name, changed) };
}

function otlpJson(bytes: Uint8Array): Json | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isOtlp(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

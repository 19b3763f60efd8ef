import type { Signal } from '@llm-otel/core';
import { decodeOtlpJson } from './decode-json.ts';
import { decodeOtlpProtobuf } from './decode-protobuf.ts';
import { DecodeError, type DecodeLimits, type DecodeResult, decoding } from './decode-result.ts';
import { requestMessages } from '../json/otlp-messages.ts';
import type { OtlpRequest } from './otlp-types.ts';

/**
 * An OTLP request from its bytes: protobuf, or JSON, which starts with a brace. Never throws, whatever it is given. For
 * files, the spool and tools; it is bounded in size, depth and number of fields.
 */
export function decodeOtlp(
  signal: Signal,
  body: Uint8Array,
  limits?: DecodeLimits,
): DecodeResult<OtlpRequest> {
  return decoding(() => {
    // A caller without types may pass anything.
    if (!((body as unknown) instanceof Uint8Array))
      throw new DecodeError('the body is no Uint8Array', 0);
    if (!Object.hasOwn(requestMessages, signal))
      throw new DecodeError(`there is no signal ${signal}: use traces, metrics or logs`, 0);
    return decodeBytes(signal, body, limits);
  });
}

function decodeBytes(
  signal: Signal,
  body: Uint8Array,
  limits: DecodeLimits | undefined,
): DecodeResult<OtlpRequest> {
  const json = (): DecodeResult<OtlpRequest> =>
    decodeOtlpJson(signal, new TextDecoder().decode(body), limits);
  // No field of protobuf starts with a brace. A line break is the tag of its first field, and white space in JSON.
  if (body[0] === OPENING_BRACE) return json();
  const decoded = decodeOtlpProtobuf(signal, body, limits);
  if (decoded.ok || !WHITE_SPACE.has(body[0]!)) return decoded;
  const other = json();
  return other.ok ? other : decoded;
}

const OPENING_BRACE = 0x7b;
const WHITE_SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

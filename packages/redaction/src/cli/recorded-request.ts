import { packingOf } from '@llm-otel/core';
import type { Redactor } from '../redactor.ts';
import { parseJson } from './json/parse-json.ts';
import { redactJson } from './json/redact-json.ts';
import { DecodedEdits } from './otlp/decoded-edits.ts';
import type { OtlpProtobuf } from './otlp/protobuf.ts';
import { isOtlp, redactOtlp } from './otlp/redact-otlp.ts';
import { pack, unpack } from './packing.ts';

/** One OTLP request in a file. */
export interface RecordedRequest {
  /** The bytes without what was found, in the form they had; `undefined` when there was nothing. */
  readonly redact: (redactor: Redactor, at: (where: string) => void) => Uint8Array | undefined;
}

/** Reads a request as protobuf or JSON, compressed or not; `undefined` when the bytes are none. */
export function recordedRequest(
  bytes: Uint8Array,
  protobuf: OtlpProtobuf,
  maxBytes: number,
): RecordedRequest | undefined {
  const packing = packingOf(bytes);
  if (packing === 'none') {
    const json = bytes[0] === 0x7b ? jsonRequest(bytes) : undefined;
    return json ?? protobufRequest(bytes, protobuf);
  }
  const inside = recordedRequest(unpack(bytes, packing, maxBytes), protobuf, maxBytes);
  return (
    inside && {
      redact(redactor, at) {
        const redacted = inside.redact(redactor, at);
        return redacted && pack(redacted, packing);
      },
    }
  );
}

function jsonRequest(bytes: Uint8Array): RecordedRequest | undefined {
  const document = parseJson(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  if (document === undefined || !isOtlp(document.root[0])) return undefined;
  return {
    redact(redactor, at) {
      const redacted = redactJson(document, redactor, at);
      return redacted === document.text ? undefined : Buffer.from(redacted);
    },
  };
}

function protobufRequest(bytes: Uint8Array, protobuf: OtlpProtobuf): RecordedRequest | undefined {
  const decoded = protobuf.decode(bytes);
  return (
    decoded && {
      redact(redactor, at) {
        const edits = new DecodedEdits();
        redactOtlp(decoded.request, redactor, edits, at);
        if (!edits.changed) return undefined;
        edits.finish();
        return protobuf.encode(decoded.name, decoded.request);
      },
    }
  );
}

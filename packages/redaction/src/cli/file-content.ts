import type { OtlpProtobuf } from './otlp/protobuf.ts';
import { type RecordedRequest, recordedRequest } from './recorded-request.ts';
import { isSpoolSegment, readSegment, writeRecord } from './spool-segment.ts';

/** What a file holds, unpacked. */
export type FileContent =
  | { readonly form: 'text'; readonly text: string }
  | {
      readonly form: 'requests';
      readonly requests: readonly RecordedRequest[];
      /** The bytes of a request in the form the file has. */
      readonly frame: (body: Uint8Array, index: number) => Uint8Array;
      /** Places that could not be read. */
      readonly damaged: number;
    }
  | { readonly form: 'unknown' };

const LENGTH_BYTES = 4;
const LOOKED_AT = 4096;

/**
 * Reads bytes as a text, as a segment of a spool, as one OTLP request, or as many with their lengths before them, as the
 * file exporter of the Collector writes them.
 */
export function fileContent(
  bytes: Uint8Array,
  protobuf: OtlpProtobuf,
  maxBytes: number,
): FileContent {
  if (isSpoolSegment(bytes)) return spoolContent(bytes, protobuf, maxBytes);
  const text = textOf(bytes);
  if (text !== undefined) return { form: 'text', text };
  const framed = framedRequests(bytes, protobuf, maxBytes);
  if (framed !== undefined)
    return { form: 'requests', requests: framed, frame: withLength, damaged: 0 };
  const single = recordedRequest(bytes, protobuf, maxBytes);
  return single === undefined
    ? { form: 'unknown' }
    : { form: 'requests', requests: [single], frame: (body) => body, damaged: 0 };
}

function spoolContent(bytes: Uint8Array, protobuf: OtlpProtobuf, maxBytes: number): FileContent {
  const { records, damaged } = readSegment(bytes);
  const read = records.flatMap((record) => {
    const request = recordedRequest(record.payload, protobuf, maxBytes);
    return request === undefined ? [] : [{ record, request }];
  });
  return {
    form: 'requests',
    requests: read.map(({ request }) => request),
    frame: (body, index) => writeRecord(read[index]!.record, body),
    damaged: damaged + records.length - read.length,
  };
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return hasControls(text.slice(0, LOOKED_AT)) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Characters that no text has and short requests are full of: below a space, and no white space or escape. */
function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 27)) return true;
  }
  return false;
}

function framedRequests(
  bytes: Uint8Array,
  protobuf: OtlpProtobuf,
  maxBytes: number,
): RecordedRequest[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const requests: RecordedRequest[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + LENGTH_BYTES > bytes.length) return undefined;
    const length = view.getUint32(at);
    at += LENGTH_BYTES;
    if (length === 0 || at + length > bytes.length) return undefined;
    const request = recordedRequest(bytes.subarray(at, at + length), protobuf, maxBytes);
    if (request === undefined) return undefined;
    requests.push(request);
    at += length;
  }
  return requests.length === 0 ? undefined : requests;
}

function withLength(body: Uint8Array): Uint8Array {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

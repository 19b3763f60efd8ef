import type { OtlpProtobuf } from './otlp/protobuf.ts';
import { type RecordedRequest, recordedRequest } from './recorded-request.ts';
import { damagedTextOf, type EncodedText, textOf } from './text-encoding.ts';
import { isSpoolSegment, readSegment, writeRecord } from './spool-segment.ts';

/** What a file holds, unpacked. */
export type FileContent =
  | { readonly form: 'text'; readonly text: EncodedText }
  | {
      readonly form: 'requests';
      readonly requests: readonly FramedRequest[];
      /** Places that could not be read. */
      readonly damaged: number;
    }
  | { readonly form: 'unknown' };

/** A request with what stands around it in the file. */
export interface FramedRequest {
  readonly request: RecordedRequest;
  /** As it stands in the file. */
  readonly bytes: Uint8Array;
  /** The same with another request. */
  readonly frame: (body: Uint8Array) => Uint8Array;
}

const LENGTH_BYTES = 4;

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
  const requests =
    framedRequests(bytes, protobuf, maxBytes) ?? singleRequest(bytes, protobuf, maxBytes);
  if (requests !== undefined) return { form: 'requests', requests, damaged: 0 };
  const damaged = damagedTextOf(bytes);
  return damaged === undefined ? { form: 'unknown' } : { form: 'text', text: damaged };
}

function spoolContent(bytes: Uint8Array, protobuf: OtlpProtobuf, maxBytes: number): FileContent {
  const { records, damaged } = readSegment(bytes);
  const requests = records.flatMap((record): FramedRequest[] => {
    const request = recordedRequest(record.payload, protobuf, maxBytes);
    if (request === undefined) return [];
    const frame = (body: Uint8Array): Uint8Array => writeRecord(record, body);
    return [{ request, bytes: Buffer.concat([record.header, record.payload]), frame }];
  });
  return { form: 'requests', requests, damaged: damaged + records.length - requests.length };
}

function singleRequest(
  bytes: Uint8Array,
  protobuf: OtlpProtobuf,
  maxBytes: number,
): FramedRequest[] | undefined {
  const request = recordedRequest(bytes, protobuf, maxBytes);
  return request && [{ request, bytes, frame: (body) => body }];
}

function framedRequests(
  bytes: Uint8Array,
  protobuf: OtlpProtobuf,
  maxBytes: number,
): FramedRequest[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const requests: FramedRequest[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + LENGTH_BYTES > bytes.length) return undefined;
    const from = at + LENGTH_BYTES;
    const to = from + view.getUint32(at);
    if (to === from || to > bytes.length) return undefined;
    const request = recordedRequest(bytes.subarray(from, to), protobuf, maxBytes);
    if (request === undefined) return undefined;
    requests.push({ request, bytes: bytes.subarray(at, to), frame: withLength });
    at = to;
  }
  return requests.length === 0 ? undefined : requests;
}

function withLength(body: Uint8Array): Uint8Array {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

import { gunzipSync } from 'node:zlib';
import type { OtlpProtobuf, RequestName } from './otlp/protobuf.ts';

/** What a file holds. */
export type FileContent =
  | { readonly form: 'text'; readonly text: string }
  | {
      readonly form: 'protobuf';
      readonly requests: readonly ProtobufRequest[];
      readonly isFramed: boolean;
    }
  | { readonly form: 'unknown' };

export interface ProtobufRequest {
  readonly name: RequestName;
  readonly request: Readonly<Record<string, unknown>>;
}

const LENGTH_BYTES = 4;
const LOOKED_AT = 4096;

/** Reads bytes as a text, or as one OTLP request, or as many with their lengths before them, as the Collector writes them. */
export function fileContent(file: Uint8Array, protobuf: OtlpProtobuf): FileContent {
  const bytes = file[0] === 0x1f && file[1] === 0x8b ? gunzipSync(file) : file;
  const text = textOf(bytes);
  if (text !== undefined) return { form: 'text', text };
  const framed = framedRequests(bytes, protobuf);
  if (framed !== undefined) return { form: 'protobuf', requests: framed, isFramed: true };
  const single = protobuf.decode(bytes);
  return single === undefined
    ? { form: 'unknown' }
    : { form: 'protobuf', requests: [single], isFramed: false };
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

function framedRequests(bytes: Uint8Array, protobuf: OtlpProtobuf): ProtobufRequest[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const requests: ProtobufRequest[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + LENGTH_BYTES > bytes.length) return undefined;
    const length = view.getUint32(at);
    at += LENGTH_BYTES;
    if (length === 0 || at + length > bytes.length) return undefined;
    const request = protobuf.decode(bytes.subarray(at, at + length));
    if (request === undefined) return undefined;
    requests.push(request);
    at += length;
  }
  return requests.length === 0 ? undefined : requests;
}

/** The bytes of redacted requests, framed as they were. */
export function protobufFile(
  requests: readonly ProtobufRequest[],
  isFramed: boolean,
  protobuf: OtlpProtobuf,
): Uint8Array {
  const parts = requests.flatMap(({ name, request }) => {
    const body = protobuf.encode(name, request);
    if (!isFramed) return [body];
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(body.length);
    return [length, body];
  });
  return Buffer.concat(parts);
}

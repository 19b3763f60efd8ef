import { fieldsOf, readVarint } from '../otlp/protobuf-fields.ts';

const RETRY_INFO = 'google.rpc.RetryInfo';

/**
 * How long a receiver asks to wait, in milliseconds: the RetryInfo in the details of a gRPC status
 * (`grpc-status-details-bin`, a google.rpc.Status). Undefined when there is none, or none that can be read.
 */
export function readRetryInfo(details: Uint8Array | undefined): number | undefined {
  if (details === undefined) return undefined;
  try {
    for (const detail of fieldsOf(details)) {
      if (detail.number !== 3 || detail.wireType !== 2) continue;
      const delay = delayOf(details, detail.from, detail.to);
      if (delay !== undefined) return delay;
    }
  } catch {
    // Not a status: then it says nothing.
  }
  return undefined;
}

/** The delay of a google.protobuf.Any, where it is a RetryInfo. One without a delay asks for none. */
function delayOf(bytes: Uint8Array, from: number, to: number): number | undefined {
  let type = '';
  let value: readonly [from: number, to: number] = [to, to];
  for (const field of fieldsOf(bytes, from, to)) {
    if (field.wireType !== 2) continue;
    if (field.number === 1) type = new TextDecoder().decode(bytes.subarray(field.from, field.to));
    if (field.number === 2) value = [field.from, field.to];
  }
  if (!type.endsWith(`/${RETRY_INFO}`)) return undefined;
  let seconds = 0;
  let nanos = 0;
  for (const delay of fieldsOf(bytes, ...value)) {
    if (delay.number !== 1 || delay.wireType !== 2) continue;
    for (const part of fieldsOf(bytes, delay.from, delay.to)) {
      if (part.wireType !== 0) continue;
      const { value } = readVarint(bytes, part.from, part.to);
      // Beyond are the negative ones: no wish to be left alone.
      const number = value < 2 ** 63 ? value : 0;
      if (part.number === 1) seconds = number;
      if (part.number === 2) nanos = number;
    }
  }
  return seconds * 1000 + nanos / 1e6;
}

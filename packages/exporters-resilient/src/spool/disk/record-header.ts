import { crc32 } from 'node:zlib';
import type { Signal } from '@llm-otel/core';
import type { RequestFormat, StoredRequest } from '../spool.ts';
import { SENSITIVITIES, type Sensitivity } from '../sensitivity.ts';

/** What stands in front of every record. Numbers are little-endian. */
export interface RecordHeader {
  /** Bytes of the payload. */
  readonly length: number;
  readonly payloadCrc: number;
  readonly signal: Signal;
  readonly format: RequestFormat;
  readonly sensitivity: Sensitivity;
  /** Spans, data points or log records in the payload. */
  readonly items: number;
  /** Of the record in its log, from 0 on, without gaps. */
  readonly sequence: number;
  /** Items in all records of the log before this one: a record that cannot be read leaves a gap of known size. */
  readonly firstItem: number;
  /** When it was written, milliseconds since the Unix epoch. */
  readonly time: number;
}

export const HEADER_BYTES = 48;
/** Not a character in any encoding, then a name: hardly ever part of a request. */
export const MAGIC: Uint8Array = Uint8Array.of(0xf5, 0x4c, 0x4f, 0x52);
/** No header says more. A length beyond it is not believed. */
const MAX_PAYLOAD_BYTES: number = 256 * 1024 * 1024;

const VERSION = 1;
const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs'];
const FORMATS: readonly RequestFormat[] = ['protobuf', 'json'];
const TWO_TO_32 = 2 ** 32;

/**
 * `crc32` of node:zlib: part of every supported Node.js, in C with the processor's instructions, 32 KB in 10 us. It
 * finds all bursts up to 32 bits, as CRC-32C does, which Node.js does not have.
 */
export const checksum: (bytes: Uint8Array) => number = (bytes) => crc32(bytes);

/** The header of a request in a log of that kind. */
export function headerOf(
  { body, items, format }: StoredRequest,
  { signal, sensitivity }: Pick<RecordHeader, 'signal' | 'sensitivity'>,
  place: Pick<RecordHeader, 'sequence' | 'firstItem' | 'time'>,
): RecordHeader {
  const payloadCrc = checksum(body);
  return { length: body.length, payloadCrc, signal, format, sensitivity, items, ...place };
}

/** Writes the 48 bytes of a header at the start of `into`. */
export function writeHeader(header: RecordHeader, into: Buffer): void {
  into.set(MAGIC, 0);
  into.writeUInt32LE(header.payloadCrc, 8);
  into.writeUInt32LE(header.length, 12);
  into[16] = VERSION;
  into[17] = SIGNALS.indexOf(header.signal);
  into[18] = FORMATS.indexOf(header.format);
  into[19] = SENSITIVITIES.indexOf(header.sensitivity);
  into.writeUInt32LE(header.items, 20);
  writeCount(header.sequence, into, 24);
  writeCount(header.firstItem, into, 32);
  into.writeDoubleLE(header.time, 40);
  into.writeUInt32LE(checksum(into.subarray(8, HEADER_BYTES)), 4);
}

/** The header at `offset`; undefined when there is none that is whole. */
export function readHeader(bytes: Buffer, offset: number = 0): RecordHeader | undefined {
  if (offset + HEADER_BYTES > bytes.length) return undefined;
  const header = bytes.subarray(offset, offset + HEADER_BYTES);
  for (let i = 0; i < MAGIC.length; i++) if (header[i] !== MAGIC[i]) return undefined;
  if (header.readUInt32LE(4) !== checksum(header.subarray(8))) return undefined;
  const signal = SIGNALS[header[17]!];
  const format = FORMATS[header[18]!];
  const sensitivity = SENSITIVITIES[header[19]!];
  const length = header.readUInt32LE(12);
  const known = signal !== undefined && format !== undefined && sensitivity !== undefined;
  if (header[16] !== VERSION || !known || length > MAX_PAYLOAD_BYTES) return undefined;
  return {
    length,
    payloadCrc: header.readUInt32LE(8),
    signal,
    format,
    sensitivity,
    items: header.readUInt32LE(20),
    sequence: readCount(header, 24),
    firstItem: readCount(header, 32),
    time: header.readDoubleLE(40),
  };
}

function writeCount(count: number, into: Buffer, at: number): void {
  into.writeUInt32LE(count % TWO_TO_32, at);
  into.writeUInt32LE(Math.floor(count / TWO_TO_32), at + 4);
}

function readCount(from: Buffer, at: number): number {
  return from.readUInt32LE(at) + from.readUInt32LE(at + 4) * TWO_TO_32;
}

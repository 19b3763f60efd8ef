import { crc32 } from 'node:zlib';

/** A record of a segment: its header as it stands there, and the request. */
export interface SpoolRecord {
  readonly header: Buffer;
  readonly payload: Uint8Array;
}

export interface SpoolSegment {
  readonly records: readonly SpoolRecord[];
  /** Places that hold no whole record: a process that died while it wrote leaves one. */
  readonly damaged: number;
}

// The form is that of `@llm-otel/exporters-resilient`: 48 bytes, numbers low byte first, then the payload. This package
// depends on none beside it, so a test of the SDK, where both are, keeps the two together.
const HEADER_BYTES = 48;
const MAGIC = Uint8Array.of(0xf5, 0x4c, 0x4f, 0x52);
const HEADER_CRC = 4;
const PAYLOAD_CRC = 8;
const LENGTH = 12;

/** Whether the bytes are a segment of a spool. */
export function isSpoolSegment(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

/** The records of a segment. What is damaged is passed over, up to the next whole record. */
export function readSegment(bytes: Uint8Array): SpoolSegment {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: SpoolRecord[] = [];
  let damaged = 0;
  for (let at = 0; at < file.length;) {
    const record = recordAt(file, at);
    if (record !== undefined) {
      records.push(record);
      at += HEADER_BYTES + record.payload.length;
      continue;
    }
    damaged++;
    do at = file.indexOf(MAGIC, at + 1);
    while (at >= 0 && recordAt(file, at) === undefined);
    if (at < 0) break;
  }
  return { records, damaged };
}

function recordAt(file: Buffer, at: number): SpoolRecord | undefined {
  if (at + HEADER_BYTES > file.length || !isSpoolSegment(file.subarray(at))) return undefined;
  const header = file.subarray(at, at + HEADER_BYTES);
  if (header.readUInt32LE(HEADER_CRC) !== crc32(header.subarray(PAYLOAD_CRC))) return undefined;
  const from = at + HEADER_BYTES;
  const payload = file.subarray(from, from + header.readUInt32LE(LENGTH));
  if (payload.length !== header.readUInt32LE(LENGTH)) return undefined;
  return crc32(payload) === header.readUInt32LE(PAYLOAD_CRC) ? { header, payload } : undefined;
}

/** A record with another payload: what else its header says stays. */
export function writeRecord({ header }: SpoolRecord, payload: Uint8Array): Uint8Array {
  const changed = Buffer.from(header);
  changed.writeUInt32LE(crc32(payload), PAYLOAD_CRC);
  changed.writeUInt32LE(payload.length, LENGTH);
  changed.writeUInt32LE(crc32(changed.subarray(PAYLOAD_CRC)), HEADER_CRC);
  return Buffer.concat([changed, payload]);
}

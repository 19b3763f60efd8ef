import { crc32 } from 'node:zlib';

/** A message of `application/vnd.amazon.eventstream`. */
export interface EventStreamMessage {
  /** Text values only: all that Bedrock sends. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}

const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
const TEXT = 7;

/**
 * Two lengths and their CRC32, headers, the payload, a CRC32 of all before it; numbers are big-endian.
 * As https://smithy.io/2.0/aws/amazon-eventstream.html has it.
 */
export function encodeEventStreamMessage({ headers, payload }: EventStreamMessage): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(encodeHeader));
  const message = Buffer.alloc(PRELUDE_BYTES + head.length + payload.length + CHECKSUM_BYTES);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(head.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  message.set(head, PRELUDE_BYTES);
  message.set(payload, PRELUDE_BYTES + head.length);
  const end = message.length - CHECKSUM_BYTES;
  message.writeUInt32BE(crc32(message.subarray(0, end)), end);
  return message;
}

function encodeHeader([name, value]: readonly [string, string]): Buffer {
  const [key, text] = [Buffer.from(name), Buffer.from(value)];
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([Buffer.from([key.length]), key, Buffer.from([TEXT]), length, text]);
}

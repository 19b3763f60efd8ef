import type { RecordedRequest } from '@llm-otel/core';
import type { ByteSource } from './byte-source.ts';
import type { Damage } from './damage.ts';
import { jsonRequest, protobufRequest } from './signal-of-request.ts';
import { unpackedMessage } from './unpacked.ts';

/** The longest request that is decoded: the limit of the decoder. */
const LONGEST = 64 * 1024 * 1024;
const LENGTH_BYTES = 4;
const OPENING_BRACE = 0x7b;

/** One request, as the body of an export. */
export async function* singleProtobufRequest(
  source: ByteSource,
  damage: Damage,
): AsyncGenerator<RecordedRequest> {
  const bytes = await source.take(LONGEST + 1);
  yield* requestOf(bytes, 1, damage);
}

/**
 * Requests with their length in front, four bytes, the highest first, as the Collector's file exporter writes protobuf
 * and whatever it packs: then each request is packed on its own.
 */
export async function* framedRequests(
  source: ByteSource,
  damage: Damage,
): AsyncGenerator<RecordedRequest> {
  for (let number = 1; ; number++) {
    const header = await source.take(LENGTH_BYTES);
    if (header.length === 0) return;
    const length = Buffer.from(header).readUIntBE(0, header.length);
    if (header.length < LENGTH_BYTES || length > LONGEST) {
      // Without a length nobody knows where the next one begins.
      damage.add(`request ${number} has no length`);
      return;
    }
    const bytes = await source.take(length);
    if (bytes.length < length) {
      damage.add(`request ${number} ends after ${bytes.length} of ${length} bytes`);
      return;
    }
    yield* requestOf(bytes, number, damage);
  }
}

function* requestOf(bytes: Uint8Array, number: number, damage: Damage): Generator<RecordedRequest> {
  const place = `request ${number}`;
  try {
    const plain = unpackedMessage(bytes, LONGEST);
    // No field of protobuf starts with a brace.
    if (plain[0] !== OPENING_BRACE) yield { ...protobufRequest(plain), place };
    else {
      const found = jsonRequest(JSON.parse(Buffer.from(plain).toString('utf8')));
      if (found !== undefined) yield { ...found, place };
    }
  } catch (error) {
    damage.add(`${place} is none of OTLP: ${(error as Error).message}`);
  }
}

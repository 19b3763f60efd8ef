import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeEventStreamMessage } from './event-stream.ts';

const codec = new EventStreamCodec(toUtf8, fromUtf8);
// The client sets headers on a plain object, where this one is none.
const name = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text !== '__proto__');
const headers = fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 200 }), { maxKeys: 8 });

test('the client of AWS reads what was written, and writes the same bytes', () => {
  fc.assert(
    fc.property(headers, fc.uint8Array({ maxLength: 2000 }), (texts, payload) => {
      const encoded = encodeEventStreamMessage({ headers: texts, payload });
      const { headers: read, body } = codec.decode(encoded);

      expect(new Map(Object.entries(read).map(([key, { value }]) => [key, value]))).toEqual(
        new Map(Object.entries(texts)),
      );
      expect(Buffer.from(body)).toEqual(Buffer.from(payload));
      expect(Buffer.from(codec.encode({ headers: read, body }))).toEqual(encoded);
    }),
  );
});

test('a byte that changes on the way is noticed', () => {
  const message = encodeEventStreamMessage({
    headers: { ':event-type': 'chunk' },
    payload: Buffer.from('{"text":"In Lyon."}'),
  });

  for (let at = 0; at < message.length; at++) {
    const broken = Buffer.from(message);
    broken.writeUInt8(broken.readUInt8(at) ^ 1, at);
    expect(() => codec.decode(broken)).toThrow();
  }
});

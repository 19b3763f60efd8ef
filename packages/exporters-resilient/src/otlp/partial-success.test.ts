import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPartialSuccess } from './partial-success.ts';

const PROTOBUF = 'application/x-protobuf';
const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

test('an empty answer is a full success', () => {
  expect(readPartialSuccess(new Uint8Array(), PROTOBUF)).toEqual({
    rejected: 0,
    message: '',
    isReadable: true,
  });
});

test('an empty partial success is a full success', () => {
  expect(readPartialSuccess(Uint8Array.of(0x0a, 0), PROTOBUF).rejected).toBe(0);
  expect(readPartialSuccess(json({ partialSuccess: {} }), 'application/json').rejected).toBe(0);
});

test('rejected items and the message are read from protobuf', () => {
  // field 1: { field 1: 300, field 2: "no", an unknown field 9: 1 }, an unknown field 7: 5
  const body = Uint8Array.of(0x0a, 9, 0x08, 0xac, 0x02, 0x12, 2, 0x6e, 0x6f, 0x48, 1, 0x38, 5);

  expect(readPartialSuccess(body, PROTOBUF)).toMatchObject({ rejected: 300, message: 'no' });
});

test.for([
  ['rejectedSpans', 3],
  ['rejectedDataPoints', '4'],
  ['rejectedLogRecords', 5],
] as const)('%s is read from JSON', ([name, value]) => {
  const body = json({ partialSuccess: { [name]: value, errorMessage: 'no' } });

  expect(readPartialSuccess(body, 'application/json; charset=utf-8')).toMatchObject({
    rejected: Number(value),
    message: 'no',
  });
});

test('a negative number of rejected items is none', () => {
  const minusOne = Uint8Array.of(0x0a, 11, 0x08, ...Array<number>(9).fill(0xff), 1);

  expect(readPartialSuccess(minusOne, PROTOBUF).rejected).toBe(0);
  expect(
    readPartialSuccess(json({ partialSuccess: { rejectedSpans: '-1' } }), 'application/json'),
  ).toMatchObject({ rejected: 0 });
});

test('what is no answer of OTLP is told from one', () => {
  const words = new TextEncoder().encode('ok');

  expect(readPartialSuccess(words, 'text/plain').isReadable).toBe(false);
  expect(readPartialSuccess(words, 'application/json').isReadable).toBe(false);
  expect(readPartialSuccess(json('ok'), 'application/json').isReadable).toBe(false);
  expect(readPartialSuccess(json({ status: 'ok' }), 'application/json').isReadable).toBe(true);
});

test('an answer that is no answer never throws and counts as a success', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(PROTOBUF, 'application/json', 'text/html', undefined),
      (body, contentType) => {
        const { rejected, message } = readPartialSuccess(body, contentType);
        expect(rejected).toBeGreaterThanOrEqual(0);
        expect(typeof message).toBe('string');
      },
    ),
  );
  expect(readPartialSuccess(json('<html>'), 'application/json').rejected).toBe(0);
});

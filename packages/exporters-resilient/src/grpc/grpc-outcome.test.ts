import { expect, test } from 'vitest';
import { retryInfo } from '../../test/fixtures/grpc-sink.ts';
import { grpcOutcome } from './grpc-outcome.ts';
import { readRetryInfo } from './retry-info.ts';

const failure = (code: number, details = 'no', statusDetails?: Uint8Array) =>
  grpcOutcome({ code, details, statusDetails });

test.for([1, 4, 10, 11, 14, 15])('code %i is tried again', (code) => {
  expect(failure(code)).toMatchObject({ kind: 'retry' });
});

test.for([2, 3, 5, 6, 7, 9, 12, 13, 16, 99])('code %i is final', (code) => {
  expect(failure(code, 'why')).toMatchObject({ kind: 'refused', message: 'why' });
});

test('RESOURCE_EXHAUSTED is tried again only when the receiver says when', () => {
  expect(failure(8)).toEqual({ kind: 'refused', reason: 'grpc_RESOURCE_EXHAUSTED', message: 'no' });
  expect(failure(8, 'busy', retryInfo(2500))).toEqual({
    kind: 'retry',
    reason: 'grpc_RESOURCE_EXHAUSTED',
    afterMillis: 2500,
  });
});

test('a request that is too large can be split', () => {
  for (const details of [
    'grpc: received message larger than max (5242880 vs. 4194304)',
    'Received message larger than max (5 vs 4)',
    'message exceeds maximum size',
  ])
    expect(failure(8, details)).toEqual({
      kind: 'too_large',
      reason: 'grpc_RESOURCE_EXHAUSTED',
      message: details,
    });
});

test('the wait of an UNAVAILABLE is obeyed', () => {
  expect(failure(14, 'no', retryInfo(750))).toMatchObject({ kind: 'retry', afterMillis: 750 });
});

test('a negative wait is none', () => {
  const minusOne = Buffer.from([0x08, ...Array<number>(9).fill(0xff), 1]);
  const part = (tag: number, content: Buffer): Buffer =>
    Buffer.concat([Buffer.from([tag, content.length]), content]);
  const any = Buffer.concat([
    part(0x0a, Buffer.from('type.googleapis.com/google.rpc.RetryInfo')),
    part(0x12, part(0x0a, minusOne)),
  ]);

  expect(readRetryInfo(part(0x1a, any))).toBe(0);
});

test('details that are none, of another kind or torn say nothing', () => {
  const torn = retryInfo(2500).subarray(0, 20);
  const other = Buffer.from(
    retryInfo(1).toString('latin1').replace('RetryInfo', 'DebugInfo'),
    'latin1',
  );

  expect(readRetryInfo(undefined)).toBeUndefined();
  expect(readRetryInfo(new Uint8Array())).toBeUndefined();
  expect(readRetryInfo(torn)).toBeUndefined();
  expect(readRetryInfo(other)).toBeUndefined();
});

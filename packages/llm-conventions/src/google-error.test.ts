import { expect, test } from 'vitest';
import { describeError } from './error-facts.ts';

class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

const details = [
  { '@type': 'type.googleapis.com/google.rpc.QuotaFailure' },
  { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' },
];
const quota = { code: 429, message: 'Too many.', status: 'RESOURCE_EXHAUSTED', details };
const quotaJson = JSON.stringify({ error: quota });

test.each([
  ['the whole message', new ApiError(quotaJson, 429)],
  ['with the status in front', new ApiError(`got status: RESOURCE_EXHAUSTED. ${quotaJson}`, 429)],
  [
    'of an older release, without a status of its own',
    Object.assign(new Error(`got status: 429 Too Many Requests. ${quotaJson}`), {
      name: 'ClientError',
    }),
  ],
])("an error of Google's is read off its message: %s", (_how, error) => {
  expect(describeError(error)).toMatchObject({
    type: 'RESOURCE_EXHAUSTED',
    statusCode: 429,
    retryAfterSeconds: 34.5,
  });
});

test.each([
  ['a page of a proxy', '{"error":{"message":"<html>","code":502,"status":"Bad Gateway"}}'],
  ['a body that is broken', '{"error":{"code":502,'],
  ['no body', 'response is undefined'],
  ['nothing', ''],
  ['too much', `{"error":{"status":"INTERNAL","message":"${'x'.repeat(70_000)}"}}`],
])('what says nothing is told by its class and status: %s', (_what, message) => {
  expect(describeError(new ApiError(message, 502))).toMatchObject({
    type: 'ApiError',
    statusCode: 502,
    retryAfterSeconds: undefined,
  });
});

test("an error of anyone else's is not read", () => {
  expect(describeError(new TypeError(quotaJson)).type).toBe('TypeError');
  expect(describeError({ name: 'ApiError', message: quotaJson }).type).toBe('_OTHER');
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeError } from './error-facts.ts';

class RateLimitError extends Error {}

describe('the type of an error', () => {
  test.each([
    [
      'the code of a system error',
      Object.assign(new Error('x'), { code: 'ECONNRESET' }),
      'ECONNRESET',
    ],
    ['the code of OpenAI', { status: 429, code: 'insufficient_quota' }, 'insufficient_quota'],
    [
      'the type in the body of Anthropic',
      Object.assign(new Error('x'), {
        error: { type: 'error', error: { type: 'overloaded_error' } },
      }),
      'overloaded_error',
    ],
    [
      'the status in the body of Google',
      Object.assign(new RateLimitError('x'), {
        error: { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } },
      }),
      'RESOURCE_EXHAUSTED',
    ],
    [
      'the code in the data of the AI SDK',
      Object.assign(new RateLimitError('x'), {
        statusCode: 429,
        data: { error: { code: 'rate_limit_exceeded', type: 'requests' } },
      }),
      'rate_limit_exceeded',
    ],
    [
      'the type of what is no error',
      { type: 'server_error', statusCode: 500, message: 'x' },
      'server_error',
    ],
    ['the type in a body', { error: { type: 'server_error', code: null } }, 'server_error'],
    ['its name', new TypeError('x'), 'TypeError'],
    ['its class, where the name says nothing', new RateLimitError('x'), 'RateLimitError'],
    ['the HTTP status of a plain error', Object.assign(new Error('x'), { status: 429 }), '429'],
    ['the HTTP status of what is no error', { response: { status: 503 } }, '503'],
    [
      'its class and not the status',
      Object.assign(new RateLimitError('x'), { status: 429 }),
      'RateLimitError',
    ],
    ['_OTHER for a code that is a message', { code: 'it did not work, sorry' }, '_OTHER'],
    ['_OTHER for what is no error', 'text', '_OTHER'],
    ['AbortError for an abort', AbortSignal.abort().reason, 'AbortError'],
  ])('is %s', (_, error, type) => {
    expect(describeError(error).type).toBe(type);
  });
});

describe('status and wait', () => {
  const now = Date.parse('2026-11-20T00:00:00Z');

  test.each([
    [{ status: 429, headers: { 'retry-after': '3' } }, 429, 3],
    // The AWS SDK, over the wire and where only the metadata is left.
    [{ $response: { statusCode: 429, headers: { 'retry-after': '4' } } }, 429, 4],
    [{ $metadata: { httpStatusCode: 503 } }, 503, undefined],
    [{ statusCode: 503, responseHeaders: { 'retry-after-ms': '1500' } }, 503, 1.5],
    [{ response: { status: 429, headers: new Headers({ 'Retry-After': '7' }) } }, 429, 7],
    [{ status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 00:00:30 GMT' } }, 429, 30],
    [{ status: 429, headers: { 'retry-after': 'soon' } }, 429, undefined],
    [{ status: 429, headers: { 'retry-after': '-1' } }, 429, undefined],
    [{ status: '429' }, undefined, undefined],
    [{ status: 7 }, undefined, undefined],
  ])('of %j are %s and %s', (error, statusCode, retryAfterSeconds) => {
    expect(describeError(error, now)).toMatchObject({ statusCode, retryAfterSeconds });
  });
});

test('any value can be described, hostile ones too', () => {
  const hostile = new Proxy(new Error('x'), {
    get() {
      throw new Error('no');
    },
  });
  const headers = {
    get() {
      throw new Error('no');
    },
  };

  expect(describeError(hostile).type).toBe('_OTHER');
  expect(describeError({ headers }).retryAfterSeconds).toBeUndefined();
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(describeError(value).type).toMatch(/^[\w.-]+$/);
    }),
  );
});

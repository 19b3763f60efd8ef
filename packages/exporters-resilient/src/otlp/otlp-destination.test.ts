import { inspect } from 'node:util';
import { InvalidOptionError } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { otlpDestination } from './otlp-destination.ts';
import type { OtlpOptions } from './otlp-options.ts';

const url = 'http://localhost:4318/v1/traces';
const password = ['made', 'up'].join('-');

test('a destination prints without the values of its headers', () => {
  const destination = otlpDestination({ url, headers: { authorization: `Bearer ${password}` } });

  const printed = inspect(destination, { depth: 9, showHidden: true });

  expect(printed).toContain("authorization: '[redacted]'");
  expect(printed + JSON.stringify(destination)).not.toContain(password);
});

test.for<[Partial<OtlpOptions>, string]>([
  [{ url: 'localhost:4318' }, 'url is "localhost:4318": use an absolute http or https URL'],
  [{ url: 'ftp://localhost/' }, 'url is'],
  [{ compression: 'zip' as never }, 'compression is "zip": use none, gzip or zstd'],
  [
    { protocol: 'grpc' as never },
    'protocol is "grpc": use http/protobuf or http/json; for grpc there is otlpGrpcDestination',
  ],
  [{ compression: 'zstd' }, 'compression is "zstd": use gzip, or a transport that has zstd'],
  [{ breaker: { failures: 0 } }, 'breaker.failures'],
  [{ timeoutMillis: 0 }, 'timeoutMillis'],
  [{ concurrency: 0 }, 'concurrency'],
  [{ retry: { maxDelayMillis: -1 } }, 'retry.maxDelayMillis'],
  [{ buffer: { maxBytes: 0 } }, 'buffer.maxBytes'],
  [{ headers: { 'bad name': 'x' } }, 'headers["bad name"]'],
])('%j is refused with a sentence that helps', ([options, message]) => {
  expect(() => otlpDestination({ url, ...options })).toThrow(InvalidOptionError);
  expect(() => otlpDestination({ url, ...options })).toThrow(message);
});

test('a password in the URL is refused without being shown', () => {
  let thrown: unknown;
  try {
    otlpDestination({ url: `https://me:${password}@example.com/v1/traces` });
  } catch (error) {
    thrown = error;
  }

  expect(String(thrown)).toContain('authorization header');
  expect(String(thrown)).not.toContain(password);
});

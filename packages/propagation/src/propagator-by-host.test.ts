import { ROOT_CONTEXT } from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { ALL, CONTEXT, HEADERS } from '../test/a-context.ts';
import { headerGetter } from './carriers.ts';
import { injectHeaders } from './headers.ts';
import { propagatorByHost } from './propagator-by-host.ts';

const byHost = propagatorByHost({
  hosts: ['billing.internal', '*.Example.com', '127.0.0.1', '[::1]'],
  trusted: ALL,
});
function sentTo(url: string | URL): Record<string, string> {
  const headers = {};
  injectHeaders(headers, CONTEXT, byHost(url));
  return headers;
}

describe('baggage', () => {
  test.each([
    'http://billing.internal/charge',
    'https://billing.internal:8443/',
    'https://BILLING.internal./',
    'https://api.example.com/v1',
    'https://deep.er.example.com/',
    'http://127.0.0.1:4000/',
    'http://[::1]:4000/',
    new URL('https://api.example.com'),
  ])('goes to %s', (url) => {
    expect(sentTo(url)).toEqual(HEADERS);
  });

  test.each([
    'https://api.openai.com/v1/chat/completions',
    'https://example.com/',
    'https://notexample.com/',
    'https://api.example.com.evil.test/',
    'https://billing.internal@evil.test/',
    'https://evil.test/?x=billing.internal',
    'https://evil.test#.example.com',
    'not an address',
    '',
    '/relative',
  ])('does not go to %j, the trace does', (url) => {
    const { baggage, ...trace } = HEADERS;
    expect(baggage).toBeDefined();
    expect(sentTo(url)).toEqual(trace);
  });
});

test('baggage that a caller sent does not stay on headers that go to a host that is not trusted', () => {
  const forwarded = { ...HEADERS };

  injectHeaders(forwarded, CONTEXT, byHost('https://api.openai.com/v1'));

  expect(forwarded).toEqual({ traceparent: HEADERS.traceparent, tracestate: HEADERS.tracestate });
  expect(byHost('https://api.openai.com/').extract(ROOT_CONTEXT, HEADERS, headerGetter)).not.toBe(
    ROOT_CONTEXT,
  );
});

test.each([
  ['https://billing.internal'],
  ['billing.internal:80'],
  ['*'],
  ['*.'],
  [''],
  [7],
  ['a b'],
])('a list with %j is refused by name', (host) => {
  const options = { hosts: [host as string], trusted: ALL };
  expect(() => propagatorByHost(options)).toThrow(InvalidOptionError);
  expect(() => propagatorByHost(options)).toThrow('propagatorByHost.hosts');
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  context as contextApi,
  type ContextManager,
  createContextKey,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { policyOf } from '../../test/tail-harness.ts';
import { type LivePolicy, pollPolicy, type PollPolicyOptions, samplingPolicy } from '../index.ts';
import type { PolicySource } from './policy-source.ts';

const all = policyOf({ name: 'all', keep: 'all' });
const none = policyOf({ name: 'none', keep: 'none' });

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

interface World {
  answer: Answer;
  readonly requests: IncomingMessage[];
  readonly url: string;
}

async function serve(): Promise<World> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    world.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const world = {
    answer: withEtag(all),
    requests,
    url: `http://user:secret@127.0.0.1:${port}/policy.json?key=secret`,
  };
  return world;
}

/** As a static file server. */
function withEtag(policy: unknown): Answer {
  const text = JSON.stringify(policy);
  const etag = `"${text.length}-${text.slice(30, 50).replaceAll('"', '')}"`;
  return (request, response) => {
    const isKnown = request.headers['if-none-match'] === etag;
    response.writeHead(isKnown ? 304 : 200, { etag }).end(isKnown ? undefined : text);
  };
}

const plainUrl = (url: string): string => url.replace('user:secret@', '');

function poll(
  url: string,
  options: Partial<PollPolicyOptions> = {},
): { live: LivePolicy; source: PolicySource; failures: string[] } {
  const failures: string[] = [];
  const live = samplingPolicy(none);
  const source = pollPolicy(live, {
    url: plainUrl(url),
    onFailure: (error) => failures.push(String(error)),
    ...options,
  });
  onTestFinished(() => source.stop());
  return { live, source, failures };
}

describe('a policy at a URL', () => {
  test('is read at once, and an unchanged one costs an empty answer', async () => {
    const { url, requests } = await serve();
    const { live, source } = poll(url, { headers: { authorization: 'Bearer x' } });

    expect(await source.refresh()).toBe('updated');
    expect(live.policy).toEqual(all);
    expect(await source.refresh()).toBe('unchanged');

    expect(requests).toHaveLength(2);
    expect(requests[0]?.headers['if-none-match']).toBeUndefined();
    expect(requests[1]?.headers['if-none-match']).toMatch(/^"/);
    expect(requests[1]?.headers.authorization).toBe('Bearer x');
    expect(requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  test('is read where the answer says that it is not packed, in whatever letters', async () => {
    const world = await serve();
    world.answer = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'Identity' }).end(JSON.stringify(all));

    expect(await poll(world.url).source.refresh()).toBe('updated');
  });

  test('without an ETag, the same text is no update', async () => {
    const world = await serve();
    world.answer = (_, response) => response.end(JSON.stringify(all));
    const { live, source } = poll(world.url);

    expect([await source.refresh(), await source.refresh()]).toEqual(['updated', 'unchanged']);
    expect(live.updates).toBe(1);
  });

  test('is read again after the interval, and a change is in force then', async () => {
    const world = await serve();
    const clock = fakeClock();
    const { live, source } = poll(world.url, { clock, random: () => 0.5 });
    await source.refresh();
    expect(clock.pendingTimers).toEqual([60_000]);

    world.answer = withEtag(none);
    const updated = new Promise((resolve) => live.onUpdate(resolve));
    await clock.advance(60_000);
    await updated;

    expect(live.policy).toEqual(none);
  });

  test.each<[string, Answer, string]>([
    ['is no JSON', (_, response) => response.end('{'), 'SyntaxError'],
    ['is no valid policy', withEtag({ version: 3 }), 'sampling.version is 3'],
    ['is an error', (_, response) => response.writeHead(500).end('no'), 'the answer was 500'],
    [
      'sends us elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'the answer leads to another address, which is not followed: use that one',
    ],
    ['is too long', (_, response) => response.end('x'.repeat(300_000)), 'more than 262144 bytes'],
    ['is no UTF-8', (_, response) => response.end(Buffer.from([0xff, 0xfe])), 'TypeError'],
    ['ends in the middle', (_, response) => response.destroy(), 'socket hang up'],
    [
      'has a status that is none',
      (_, response) => response.socket?.end('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n'),
      'RangeError',
    ],
    [
      'is packed',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'the answer is encoded as gzip, which was not asked for',
    ],
  ])('an answer that %s leaves the policy as it is', async (_, answer, message) => {
    const world = await serve();
    world.answer = answer;
    const { live, source, failures } = poll(world.url);

    expect(await source.refresh()).toBe('failed');
    expect(live.policy).toEqual(none);
    expect(failures.join(' ')).toContain(message);

    world.answer = withEtag(all);
    expect(await source.refresh()).toBe('updated');
  });

  test('an address that leads elsewhere is not followed, with what it is asked with', async () => {
    const world = await serve();
    world.answer = ({ url }, response) => {
      if (url === '/elsewhere') withEtag(all)({ headers: {} } as IncomingMessage, response);
      else response.writeHead(307, { location: '/elsewhere' }).end();
    };
    const { source } = poll(world.url, { headers: { authorization: 'Bearer x' } });

    expect(await source.refresh()).toBe('failed');
    expect(world.requests).toHaveLength(1);
  });

  test('an answer that does not come is given up after its time', async () => {
    const world = await serve();
    const clock = fakeClock();
    const asked = new Promise<void>((resolve) => {
      world.answer = () => resolve();
    });
    const { source, failures } = poll(world.url, { clock, timeoutMillis: 5000 });
    const outcome = source.refresh();
    await asked;
    await clock.advance(5000);

    expect(await outcome).toBe('failed');
    expect(failures).toEqual(['Error: no answer within 5000 ms']);
  });

  test('after failures the next look comes later and later, and soon again after a success', async () => {
    const world = await serve();
    const clock = fakeClock();
    world.answer = (_, response) => response.writeHead(503).end();
    const { source } = poll(world.url, { clock, random: () => 0.5, intervalMillis: 1000 });
    const waits: (number | undefined)[] = [];
    for (let at = 0; at < 6; at++) {
      await source.refresh();
      waits.push(clock.pendingTimers[0]);
    }
    world.answer = withEtag(all);
    await source.refresh();
    waits.push(clock.pendingTimers[0]);

    expect(waits).toEqual([2000, 4000, 8000, 16_000, 16_000, 16_000, 1000]);
  });

  test('stop ends it, also in the middle of a look', async () => {
    const world = await serve();
    const clock = fakeClock();
    const asked = new Promise<void>((resolve) => {
      world.answer = () => resolve();
    });
    const { source, failures } = poll(world.url, { clock });
    const outcome = source.refresh();
    await asked;
    source.stop();

    expect(await outcome).toBe('unchanged');
    expect(await source.refresh()).toBe('unchanged');
    expect([failures, clock.pendingTimers, world.requests.length]).toEqual([[], [], 1]);
  });

  test('the query, which may be a secret, is in no message', async () => {
    const { url } = await serve();
    const address = plainUrl(url);
    const { source, failures } = poll(url, {
      fetch: () => Promise.reject(new TypeError(`cannot ask ${address}`)),
    });
    await source.refresh();

    expect(failures).toEqual([`Error: cannot ask ${address.replace(/\?.*/, '')}`]);
  });

  test('a byte order mark in front is no mistake', async () => {
    const world = await serve();
    world.answer = (_, response) => response.end(`\uFEFF${JSON.stringify(all)}`);
    const { live, source } = poll(world.url);
    await source.refresh();

    expect(live.policy).toEqual(all);
  });

  test.each([
    ['another runtime', { userAgent: 'Other/1' }],
    ['a runtime that says nothing', undefined],
  ])('in %s, its own fetch asks', async (_, navigator) => {
    const { url } = await serve();
    const ask = vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify(all))));
    vi.stubGlobal('navigator', navigator);
    vi.stubGlobal('fetch', ask);
    onTestFinished(() => void vi.unstubAllGlobals());
    const { live, source } = poll(url);
    await source.refresh();

    expect(ask).toHaveBeenCalledTimes(1);
    expect(live.policy).toEqual(all);
  });

  test('is asked for in no trace, also where it is looked at within one', async () => {
    const { url } = await serve();
    let active = ROOT_CONTEXT;
    const manager: ContextManager = {
      active: () => active,
      with(one, work, thisArg, ...args) {
        const before = active;
        active = one;
        try {
          return work.call(thisArg, ...args);
        } finally {
          active = before;
        }
      },
      bind: (_, target) => target,
      enable: () => manager,
      disable: () => manager,
    };
    contextApi.setGlobalContextManager(manager);
    onTestFinished(() => contextApi.disable());
    const suppressed = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
    const asked: unknown[] = [];
    const spanContext = { traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 };
    contextApi.with(trace.setSpanContext(ROOT_CONTEXT, spanContext), () =>
      poll(url, {
        fetch: () => {
          asked.push([active.getValue(suppressed), trace.getSpan(active)]);
          return Promise.resolve(new Response(JSON.stringify(all)));
        },
      }),
    );

    expect(asked).toEqual([[true, undefined]]);
  });

  test('a listener of failures that throws stops nothing', async () => {
    const world = await serve();
    world.answer = (_, response) => response.writeHead(500).end();
    const { source } = poll(world.url, {
      onFailure: () => {
        throw new Error('mine');
      },
    });

    expect(await source.refresh()).toBe('failed');
  });
});

test.each([
  [{ url: 'ftp://example.com/' }, 'url is [redacted]: use an address that starts with http'],
  [{ url: 'nonsense' }, 'url is'],
  [
    { url: 'https://user:word@example.com/?token=x' },
    'url is [redacted]: use an address without user and password: send them as headers',
  ],
  [{ url: 'https://user@example.com/' }, 'without user and password'],
  [{ url: 'http://example.com', intervalMillis: 2 ** 31 }, 'intervalMillis is 2147483648'],
  [{ url: 'http://example.com', intervalMillis: 0 }, 'intervalMillis is 0'],
  [{ url: 'http://example.com', timeoutMillis: Number.NaN }, 'timeoutMillis is'],
])('%j is refused', (options, message) => {
  const make = (): unknown => pollPolicy(samplingPolicy(all), options);

  expect(make).toThrow(InvalidOptionError);
  expect(make).toThrow(message);
});

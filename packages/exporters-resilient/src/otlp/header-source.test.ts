import { inspect } from 'node:util';
import { systemClock } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { encodeTraceRequest } from '../encode/encode-trace-request.ts';
import type { Transport } from '../transport/transport.ts';
import { HeaderSource } from './header-source.ts';
import { OtlpSender } from './otlp-sender.ts';
import { RequestPayload } from './request-payload.ts';

const token = (number: number): string => ['made', 'up', 'token', number].join('-');
const never = new AbortController().signal;
const payload = RequestPayload.owned('traces', {
  items: 1,
  body: encodeTraceRequest([makeSpan()]),
});

/** A receiver that takes only the newest token. */
function guarded(headers: HeaderSource, valid: () => string, quoted: () => string = valid) {
  const statuses: number[] = [];
  const transport: Transport = {
    send({ headers: sent }) {
      const status = sent['authorization'] === `Bearer ${valid()}` ? 200 : 401;
      statuses.push(status);
      return Promise.resolve({
        status,
        header: () => undefined,
        body: new TextEncoder().encode(status === 401 ? `not ${quoted()}` : ''),
      });
    },
  };
  const sender = new OtlpSender({
    url: 'http://localhost/v1/traces',
    headers,
    compression: 'none',
    json: false,
    transport,
    clock: systemClock,
  });
  return { sender, statuses };
}

test('a function is asked once, and again after a 401; the refused request is then sent again', async () => {
  let asked = 0;
  const headers = new HeaderSource(() =>
    Promise.resolve({ Authorization: `Bearer ${token(++asked)}` }),
  );
  let newest = 1;
  const { sender, statuses } = guarded(headers, () => token(newest));

  const first = await sender.send(payload, never);
  newest = 2;
  const second = await sender.send(payload, never);
  const third = await sender.send(payload, never);

  expect([first, second, third].map(({ kind }) => kind)).toEqual([
    'delivered',
    'delivered',
    'delivered',
  ]);
  expect(statuses).toEqual([200, 401, 200, 200]);
  expect(asked).toBe(2);
});

test('requests that are refused together ask for a new token together', async () => {
  let asked = 0;
  const headers = new HeaderSource(() =>
    Promise.resolve({ authorization: `Bearer ${token(++asked)}` }),
  );
  const { sender } = guarded(headers, () => token(2));

  const outcomes = await Promise.all(Array.from({ length: 5 }, () => sender.send(payload, never)));

  expect(outcomes.every(({ kind }) => kind === 'delivered')).toBe(true);
  expect(asked).toBe(2);
});

test('a new token that is refused as well is final, and neither token shows in the message', async () => {
  let asked = 0;
  const headers = new HeaderSource(() => ({ authorization: `Bearer ${token(++asked)}` }));
  const { sender, statuses } = guarded(
    headers,
    () => token(99),
    () => `${token(1)} ${token(2)}`,
  );

  const outcome = await sender.send(payload, never);

  expect(outcome).toEqual({
    kind: 'refused',
    reason: 'http_401',
    message: 'not [redacted] [redacted]',
  });
  expect(statuses).toEqual([401, 401]);
});

test('headers that do not change are not asked for again: 401 is final', async () => {
  const headers = new HeaderSource({ authorization: `Bearer ${token(1)}` });
  const { sender, statuses } = guarded(headers, () => token(2));

  expect(await sender.send(payload, never)).toMatchObject({ kind: 'refused' });
  expect(statuses).toEqual([401]);
});

test('a function that fails is a failure that passes, and is asked again', async () => {
  let asked = 0;
  const headers = new HeaderSource(() => {
    if (++asked === 1) throw new Error('the secret store is away');
    return { authorization: `Bearer ${token(1)}` };
  });
  const { sender } = guarded(headers, () => token(1));

  await expect(sender.send(payload, never)).rejects.toMatchObject({ code: 'headers_Error' });

  expect(await sender.send(payload, never)).toMatchObject({ kind: 'delivered' });
});

test('a function that never answers holds up one deadline and not all that come after it', async () => {
  let asked = 0;
  const headers = new HeaderSource(() =>
    ++asked === 1 ? new Promise<never>(() => undefined) : { authorization: `Bearer ${token(1)}` },
  );
  const { sender } = guarded(headers, () => token(1));
  const deadline = new AbortController();

  void sender.send(payload, deadline.signal);
  await Promise.resolve();
  deadline.abort();

  expect(await sender.send(payload, never)).toMatchObject({ kind: 'delivered' });
  expect(asked).toBe(2);
});

test('what a function gives that is no header is told without its value', async () => {
  const bad = new HeaderSource(() => ({ authorization: `${token(1)}\nx` }));
  const none = new HeaderSource((() => undefined) as never);

  const whyOf = async (source: HeaderSource): Promise<string> => {
    try {
      await source.current();
      return '';
    } catch (error) {
      return inspect(error, { depth: 9 });
    }
  };
  expect(await whyOf(bad)).toContain('headers()["authorization"] is [redacted]');
  expect(await whyOf(bad)).not.toContain(token(1));
  expect(await whyOf(none)).toContain('a function that returns an object');
});

test('it prints without values, before and after it was asked', async () => {
  const headers = new HeaderSource(() => ({ authorization: `Bearer ${token(1)}` }));
  expect(inspect(headers, { depth: 9, showHidden: true })).toContain('{}');
  await headers.current();

  for (const printed of [
    inspect({ headers }, { depth: 9 }),
    JSON.stringify(headers),
    String(headers),
  ])
    expect(printed).toMatch(/authorization.*\[redacted\]/);
});

import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { startRelay } from './relay.ts';

const span = { traceId: '1'.repeat(32), spanId: '1'.repeat(16), name: 'answer' };
const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
const send = (url: string): Promise<Response> =>
  fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });

test('the receiver answers, and the other one gets what it has taken', async () => {
  await using receiver = await startOtlpSink();
  await using other = await startOtlpSink();
  const relay = await startRelay(receiver.url, other.url);

  receiver.answer({ status: 503, times: 1 });
  expect((await send(relay.url)).status).toBe(503);
  expect((await send(relay.url)).status).toBe(200);
  await relay.close();

  expect(receiver.spans.map(({ name }) => name)).toEqual(['answer']);
  expect(other.spans.map(({ name }) => name)).toEqual(['answer']);
  expect([relay.relayed, relay.problem]).toEqual([1, undefined]);
});

test('another one that does not answer, or refuses, is told and changes nothing', async () => {
  await using receiver = await startOtlpSink();
  await using refusing = await startOtlpSink();
  refusing.answer({ status: 400 });
  for (const [to, problem] of [
    [await unreachableUrl(), /ECONNREFUSED/],
    [refusing.url, /answered 400/],
  ] as const) {
    const relay = await startRelay(receiver.url, to);
    expect((await send(relay.url)).status).toBe(200);
    await relay.close();

    expect(relay.problem).toMatch(problem);
    expect(relay.relayed).toBe(0);
  }
});

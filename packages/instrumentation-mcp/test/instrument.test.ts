import {
  context,
  diag,
  type DiagLogger,
  propagation,
  SpanKind,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { createGenAi } from '@llm-otel/llm-conventions';
import { recordSpans, type SpanRecorder } from '@llm-otel/testing';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { instrument } from '../src/index.ts';
import { sdks } from './contract/clients.ts';
import { plainSpan, spanLines } from './contract/plain-span.ts';
import { startRecording } from './contract/recording.ts';
import { observedPair, sdk1 } from './pair.ts';

let recorder: SpanRecorder;
let stop: () => void;
beforeEach(() => ({ recorder, stop } = startRecording()));
afterEach(() => {
  stop();
  diag.disable();
});

const lines = (): readonly string[] => spanLines(recorder.spans.map((span) => plainSpan(span)));
const add = { name: 'add', arguments: { a: 1, b: 2 } };
const addCall = ['client tools/call add', '  server tools/call add'];

/** What the handler of the tool `look` has found in `_meta`. */
function metaIn(result: unknown): Record<string, string> {
  const { content } = result as { content: [{ text: string }] };
  return (JSON.parse(content[0].text) as { meta: Record<string, string> }).meta;
}

/** Runs `work` in a span of the application. */
async function inSpan<T>(name: string, work: () => Promise<T>): Promise<T> {
  return trace.getTracer('application').startActiveSpan(name, async (span) => {
    try {
      return await work();
    } finally {
      span.end();
    }
  });
}

describe.each(sdks)('$name', (sdk) => {
  test('trace and baggage of the caller reach the handler, beside what the application sends', async () => {
    const { call } = await observedPair(sdk);
    recorder.clear();
    const params = Object.freeze({
      name: 'look',
      arguments: {},
      _meta: Object.freeze({ 'example.org/mine': 7 }),
    });
    const baggage = propagation.createBaggage({ 'session.id': { value: 's-42' } });

    const result = await context.with(propagation.setBaggage(context.active(), baggage), async () =>
      inSpan('run', async () => call(params)),
    );

    expect(lines()).toEqual([
      'run',
      '  client tools/call look',
      '    server tools/call look',
      '      own work',
    ]);
    const sent = recorder.spans.find(
      ({ name, kind }) => name === 'tools/call look' && kind === SpanKind.CLIENT,
    );
    const { traceId, spanId } = sent?.spanContext() ?? {};
    expect(metaIn(result)).toEqual({
      'example.org/mine': 7,
      traceparent: `00-${traceId}-${spanId}-03`,
      baggage: 'session.id=s-42',
    });
  });

  test('a context that the application has put into _meta is the parent where no span is active', async () => {
    const { call } = await observedPair(sdk);
    recorder.clear();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

    await call({ ...add, _meta: { traceparent } });

    expect(new Set(recorder.spans.map((span) => span.spanContext().traceId))).toEqual(
      new Set(['0af7651916cd43dd8448eb211c80319c']),
    );
    expect(lines()).toEqual(addCall);
  });

  test('arguments and results are recorded only where content is on', async () => {
    for (const content of ['none', 'span'] as const) {
      const { client, call } = await observedPair(sdk, { content });
      recorder.clear();
      await call(add);
      await call({ name: 'refuse', arguments: {} });
      await client.getPrompt({ name: 'greeting', arguments: { city: 'Bern' } });

      for (const kind of [SpanKind.SERVER, SpanKind.CLIENT]) {
        const of = (name: string) =>
          recorder.spans.find((span) => span.name === name && span.kind === kind)?.attributes;
        const on = content === 'span';
        expect(of('tools/call add')?.['gen_ai.tool.call.arguments']).toBe(
          on ? '{"a":1,"b":2}' : undefined,
        );
        expect(of('tools/call add')?.['gen_ai.tool.call.result'] !== undefined).toBe(on);
        // The conventions want the results of those that succeeded.
        expect(of('tools/call refuse')).not.toHaveProperty('gen_ai.tool.call.result');
        expect(of('prompts/get greeting')?.['gen_ai.prompt.variable.city']).toBe(
          on ? 'Bern' : undefined,
        );
      }
    }
  });

  test('a tool span of the agent and the call of that very tool are one span', async () => {
    const { call } = await observedPair(sdk);
    const genAi = createGenAi();
    recorder.clear();

    await genAi.tool({ name: 'add' }, async () => {
      await call(add);
      await call(add);
      await call({ name: 'weigh', arguments: {} });
    });
    await genAi.tool({ name: 'refuse' }, () => call({ name: 'refuse', arguments: {} }));

    expect(lines()).toEqual([
      'execute_tool add',
      '  server tools/call add',
      '  client tools/call add',
      '    server tools/call add',
      '  client tools/call weigh',
      '    server tools/call weigh',
      'execute_tool refuse ! tool_error',
      '  server tools/call refuse ! tool_error',
    ]);
    expect(
      recorder.spans.find(({ name }) => name === 'execute_tool add')?.attributes,
    ).toMatchObject({
      'mcp.method.name': 'tools/call',
      'gen_ai.tool.type': 'function',
    });
  });

  test('notifications have no spans where that is switched off, and are passed on', async () => {
    const { call } = await observedPair(sdk, { notifications: false });
    recorder.clear();
    const onprogress = vi.fn<(progress: unknown) => void>();

    await call({ name: 'progress', arguments: {} }, { onprogress });

    expect(onprogress).toHaveBeenCalledTimes(2);
    expect(lines()).toEqual([
      'client tools/call progress',
      '  server tools/call progress',
      '    client ping',
      '      server ping',
    ]);
  });

  test('observed twice is observed once, and one that is connected already is observed from then on', async () => {
    const client = sdk.createClient();
    const server = sdk.createServer();
    const [ours, theirs] = sdk.memory();
    await server.connect(theirs);
    await client.connect(ours);

    for (const endpoint of [client, server, client, server])
      expect(instrument(endpoint)).toBe(endpoint);
    await sdk.callTool(client, add);

    expect(lines()).toEqual(addCall);
    expect(Object.keys(client)).not.toContain('connect');
    expect(Object.keys(client)).not.toContain('request');
    await client.close();
  });

  test('telemetry that throws fails no call', async () => {
    const broken = (): never => {
      throw new Error('telemetry is broken');
    };
    const tracer = { startSpan: broken, startActiveSpan: broken } as unknown as Tracer;
    const { call, client } = await observedPair(sdk, { tracer });

    expect(await call(add)).toMatchObject({ content: [{ text: '3' }] });
    expect(await client.ping()).toEqual({});
  });

  test('an error of the transport reaches the caller as it is', async () => {
    const refused = new Error('the wire is cut');
    const inner = sdk.createClient();
    const [ours] = sdk.memory();
    Object.assign(ours as object, { send: () => Promise.reject(refused) });
    const connecting = instrument(inner).connect(ours);

    await expect(connecting).rejects.toBe(refused);
    expect(lines()).toEqual(['client initialize ! Error']);
    expect(recorder.openSpans).toEqual([]);
  });

  test('nothing about a call is kept once it is over', async () => {
    const { call, client } = await observedPair(sdk);
    for (let index = 0; index < 20; index++) await call(add);
    await call({ name: 'wait', arguments: {} }, { timeout: 5 }).catch(() => undefined);
    await client.ping();

    await vi.waitFor(() => expect(recorder.openSpans).toEqual([]));
  });
});

test('what is no client and no server is told and left alone', () => {
  const warn = vi.fn<(...words: unknown[]) => void>();
  diag.setLogger({ warn } as unknown as DiagLogger);
  const nothings = [{}, { connect: 1 }, new Map()];

  for (const nothing of nothings) expect(instrument(nothing)).toBe(nothing);

  expect(warn).toHaveBeenCalledTimes(3);
  expect(warn.mock.calls[0]?.[0]).toContain('no client or server of the MCP SDK');
});

test('a transport that is frozen works on, unobserved', async () => {
  const server = sdk1.createServer();
  const [ours, theirs] = sdk1.memory();
  await server.connect(theirs);
  const client = sdk1.createClient();
  await client.connect(ours);
  Object.freeze(ours);

  instrument(client);

  expect(await sdk1.callTool(client, add)).toMatchObject({ content: [{ text: '3' }] });
  expect(recorder.spans).toEqual([]);
});

test('a sampler that drops the trace is passed on to the other side', async () => {
  const dropped = recordSpans();
  const sampler = { shouldSample: () => ({ decision: 0 }), toString: () => 'none' };
  trace.disable();
  trace.setGlobalTracerProvider(
    new TracerProvider({ sampler: sampler, spanProcessors: [dropped] }),
  );
  const { call } = await observedPair(sdk1);

  const { traceparent } = metaIn(await call({ name: 'look', arguments: {} }));

  expect(traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-02$/);
  expect(dropped.spans).toEqual([]);
});

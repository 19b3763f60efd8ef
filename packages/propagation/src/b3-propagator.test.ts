import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { MissingPeerError, InvalidOptionError } from '@llm-otel/core';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CONTEXT, SPAN_ID, TRACE_ID, TRACEPARENT, traceparentOf } from '../test/a-context.ts';
import { loadB3Propagator } from './b3-propagator.ts';
import { compositePropagator } from './composite-propagator.ts';
import { injectHeaders } from './headers.ts';
import { w3cTraceContextPropagator } from './trace-context-propagator.ts';

afterEach(() => {
  vi.doUnmock('@opentelemetry/propagator-b3');
  vi.resetModules();
});

test('one header or several are written, either is read', async () => {
  const single = {};
  (await loadB3Propagator()).inject(CONTEXT, single, defaultTextMapSetter);
  const multi = {};
  (await loadB3Propagator({ encoding: 'multi' })).inject(CONTEXT, multi, defaultTextMapSetter);

  expect(single).toEqual({ b3: `${TRACE_ID}-${SPAN_ID}-1` });
  expect(multi).toEqual({ 'x-b3-traceid': TRACE_ID, 'x-b3-spanid': SPAN_ID, 'x-b3-sampled': '1' });
  for (const carrier of [single, multi]) {
    const context = (await loadB3Propagator()).extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
    expect(traceparentOf(context)).toBe(TRACEPARENT);
  }
});

test('beside W3C in a composite both are written, and the later one found counts', async () => {
  const both = compositePropagator([w3cTraceContextPropagator(), await loadB3Propagator()]);
  const carrier = {};

  both.inject(CONTEXT, carrier, defaultTextMapSetter);

  expect(Object.keys(carrier)).toEqual(['traceparent', 'tracestate', 'b3']);
  expect(
    traceparentOf(
      both.extract(ROOT_CONTEXT, { b3: `${TRACE_ID}-${SPAN_ID}-1` }, defaultTextMapGetter),
    ),
  ).toBe(TRACEPARENT);
});

describe('a caller that wrote both formats', () => {
  const W3C = { traceparent: `00-${TRACE_ID}-${SPAN_ID}-03`, tracestate: 'ot=th:8' };
  const B3 = { b3: `${TRACE_ID}-${SPAN_ID}-1` };
  const found = async (order: 'w3c first' | 'b3 first', headers: object): Promise<unknown> => {
    const [w3c, b3] = [w3cTraceContextPropagator(), await loadB3Propagator()];
    const both = compositePropagator(order === 'w3c first' ? [w3c, b3] : [b3, w3c]);
    const span = trace.getSpanContext(both.extract(ROOT_CONTEXT, headers, defaultTextMapGetter));
    return [span?.traceFlags, span?.traceState?.serialize(), span?.spanId];
  };

  test.each(['w3c first', 'b3 first'] as const)(
    '%s: the same span keeps its tracestate and its random flag',
    async (order) => {
      expect(await found(order, { ...W3C, ...B3 })).toEqual([3, 'ot=th:8', SPAN_ID]);
      const { tracestate, ...without } = W3C;
      expect(tracestate).toBeDefined();
      expect(await found(order, { ...without, ...B3 })).toEqual([3, undefined, SPAN_ID]);
    },
  );

  test('another span is another finding: the later one wins', async () => {
    const other = '00f067aa0ba902b7';
    const headers = { ...W3C, b3: `${TRACE_ID}-${other}-1` };

    expect(await found('w3c first', headers)).toEqual([1, undefined, other]);
    expect(await found('b3 first', headers)).toEqual([3, 'ot=th:8', SPAN_ID]);
  });
});

test('the fields are all headers that are read, so that none stays on a message that is sent on', async () => {
  const forwarded = { 'X-B3-TraceId': '1'.repeat(32), 'x-b3-spanid': '2'.repeat(16), other: 'o' };

  injectHeaders(forwarded, CONTEXT, await loadB3Propagator());

  expect(forwarded).toEqual({ other: 'o', b3: `${TRACE_ID}-${SPAN_ID}-1` });
});

test('a trace of B3 goes on in W3C without the random flag, which nobody has claimed', async () => {
  const headers = { b3: `00000000000000001111222233334444-${SPAN_ID}-1` };
  const parent = (await loadB3Propagator()).extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
  const tracer = new TracerProvider().getTracer('test');
  const child = tracer.startSpan('a', {}, parent);
  const below = tracer.startSpan('b', {}, trace.setSpan(ROOT_CONTEXT, child));
  const sent: { traceparent?: string } = {};

  injectHeaders(sent, trace.setSpan(ROOT_CONTEXT, below), w3cTraceContextPropagator());

  expect(sent.traceparent).toMatch(/-01$/);
});

test('another encoding is refused by name, and a missing package with the command that installs it', async () => {
  await expect(loadB3Propagator({ encoding: 'both' as never })).rejects.toThrow(InvalidOptionError);

  vi.doMock('@opentelemetry/propagator-b3', () => {
    throw new Error('Cannot find package');
  });
  const failure = await loadB3Propagator().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MissingPeerError);
  expect(String(failure)).toContain('npm install @opentelemetry/propagator-b3');
});

import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT } from '@opentelemetry/api';
import { MissingPeerError, InvalidOptionError } from '@llm-otel/core';
import { afterEach, expect, test, vi } from 'vitest';
import { CONTEXT, SPAN_ID, TRACE_ID, TRACEPARENT, traceparentOf } from '../test/a-context.ts';
import { loadB3Propagator } from './b3-propagator.ts';
import { compositePropagator } from './composite-propagator.ts';
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

test('another encoding is refused by name, and a missing package with the command that installs it', async () => {
  await expect(loadB3Propagator({ encoding: 'both' as never })).rejects.toThrow(InvalidOptionError);

  vi.doMock('@opentelemetry/propagator-b3', () => {
    throw new Error('Cannot find package');
  });
  const failure = await loadB3Propagator().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MissingPeerError);
  expect(String(failure)).toContain('npm install @opentelemetry/propagator-b3');
});

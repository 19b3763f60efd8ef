import {
  type Context,
  createContextKey,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from '@opentelemetry/api';
import { suppressTracing, W3CTraceContextPropagator } from '@opentelemetry/core';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { w3cTraceContextPropagator } from './trace-context-propagator.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const HEADER = `00-${TRACE_ID}-b7ad6b7169203331-01`;
const ours = w3cTraceContextPropagator();
const stock = new W3CTraceContextPropagator();
type Propagator = typeof ours;

function injected(context: Context, propagator: Propagator = ours): Record<string, string> {
  const carrier: Record<string, string> = {};
  propagator.inject(context, carrier, defaultTextMapSetter);
  return carrier;
}

function extracted(carrier: unknown, propagator: Propagator = ours): SpanContext | undefined {
  return trace.getSpanContext(propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter));
}

describe('traceparent_injection', () => {
  test('traceparent_injection: the context of a span is written', () => {
    const span = new TracerProvider().getTracer('test').startSpan('work');
    const { traceId, spanId } = span.spanContext();

    expect(injected(trace.setSpan(ROOT_CONTEXT, span))).toEqual({
      traceparent: `00-${traceId}-${spanId}-01`,
    });
  });

  test('without a span, with an invalid one and while tracing is suppressed nothing is written', () => {
    const valid = ours.extract(ROOT_CONTEXT, { traceparent: HEADER }, defaultTextMapGetter);
    const invalid = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };

    expect(injected(ROOT_CONTEXT)).toEqual({});
    expect(injected(trace.setSpanContext(ROOT_CONTEXT, invalid))).toEqual({});
    expect(injected(suppressTracing(valid))).toEqual({});
  });

  test('a recording span whose ids have the wrong length is not written', () => {
    const span = new TracerProvider().getTracer('test').startSpan('work');
    const odd = Object.assign(Object.create(span) as typeof span, {
      isRecording: () => true,
      spanContext: () => ({ traceId: 'trace-1', spanId: 'span-1', traceFlags: 1 }),
    });

    expect(injected(trace.setSpan(ROOT_CONTEXT, odd))).toEqual({});
  });
});

test('tracestate_injection: the list that came in is passed on by the spans in between', () => {
  const incoming = { traceparent: HEADER, tracestate: 'ot=th:c , congo=t61rcWkgMzE,' };
  const parent = ours.extract(ROOT_CONTEXT, incoming, defaultTextMapGetter);
  const span = new TracerProvider().getTracer('test').startSpan('work', {}, parent);

  const { tracestate, traceparent } = injected(trace.setSpan(parent, span));

  expect(tracestate).toBe('ot=th:c,congo=t61rcWkgMzE');
  expect(traceparent).toBe(`00-${TRACE_ID}-${span.spanContext().spanId}-01`);
});

describe('what comes in', () => {
  test('a list of one traceparent is read, a list of two is not', () => {
    expect(extracted({ traceparent: [HEADER] })?.traceId).toBe(TRACE_ID);
    expect(extracted({ traceparent: [HEADER, HEADER] })).toBeUndefined();
  });

  test('several tracestate headers are one list', () => {
    const context = extracted({ traceparent: HEADER, tracestate: ['a=1', 'b=2,c=3'] });

    expect(context?.traceState?.serialize()).toBe('a=1,b=2,c=3');
  });

  test('a malformed tracestate costs the tracestate, not the trace', () => {
    const context = extracted({ traceparent: HEADER, tracestate: 'FOO=1,=,\u0000' });

    expect(context?.traceId).toBe(TRACE_ID);
    expect(injected(trace.setSpanContext(ROOT_CONTEXT, context as SpanContext))).toEqual({
      traceparent: HEADER,
    });
  });

  test.each([undefined, null, '', 'x', 42, {}, [], [42], HEADER.toUpperCase()])(
    'with %j as traceparent the context stays as it was, tracestate or not',
    (traceparent) => {
      const before = ROOT_CONTEXT.setValue(createContextKey('k'), 'v');

      const after = ours.extract(before, { traceparent, tracestate: 'a=1' }, defaultTextMapGetter);

      expect(after).toBe(before);
    },
  );

  test('a carrier that throws or is missing leaves the context as it was', () => {
    const throwing = {
      get traceparent(): string {
        throw new Error('closed');
      },
    };

    expect(extracted(throwing)).toBeUndefined();
    expect(extracted(undefined)).toBeUndefined();
  });

  test('a frozen carrier is no error of the application', () => {
    const context = ours.extract(ROOT_CONTEXT, { traceparent: HEADER }, defaultTextMapGetter);

    expect(() => ours.inject(context, Object.freeze({}), defaultTextMapSetter)).not.toThrow();
  });
});

describe('the random flag', () => {
  const tracer = new TracerProvider().getTracer('test');
  const flagsAfterOneSpan = (flags: string): string | undefined => {
    const carrier = { traceparent: `${HEADER.slice(0, 53)}${flags}` };
    const parent = ours.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
    const child = trace.setSpan(parent, tracer.startSpan('work', {}, parent));
    return injected(child)['traceparent']?.slice(53);
  };

  test('goes on unchanged through spans of the SDK, set or not', () => {
    expect(flagsAfterOneSpan('03')).toBe('03');
    expect(flagsAfterOneSpan('02')).toBe('02');
    expect(flagsAfterOneSpan('01')).toBe('01');
  });

  test('is not given to another trace that starts below', () => {
    const carrier = { traceparent: `${HEADER.slice(0, 53)}03` };
    const parent = ours.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
    const other = tracer.startSpan('work', { root: true }, parent);

    expect(injected(trace.setSpan(parent, other))['traceparent']).toMatch(/-01$/);
  });
});

describe('beside the stock propagator', () => {
  const carrier = { traceparent: HEADER, tracestate: 'a=1,b=2' };

  test('a context of either is written the same by both', () => {
    for (const from of [ours, stock]) {
      for (const to of [ours, stock]) {
        const context = from.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
        expect(injected(context, to)).toEqual(carrier);
      }
    }
  });

  test('unknown flags of ours never make the stock one write three digits', () => {
    const context = ours.extract(
      ROOT_CONTEXT,
      { traceparent: `${HEADER.slice(0, 53)}11` },
      defaultTextMapGetter,
    );

    expect(injected(context, stock)['traceparent']).toBe(HEADER);
  });
});

test('context_round_trip: what is injected is extracted again', () => {
  const span = new TracerProvider().getTracer('test').startSpan('work');

  const context = extracted(injected(trace.setSpan(ROOT_CONTEXT, span)));

  expect(context).toMatchObject({ ...span.spanContext(), isRemote: true });
});

test('fields names every header it writes', () => {
  expect(ours.fields()).toEqual(['traceparent', 'tracestate']);
});

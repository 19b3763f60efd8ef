import {
  type Context,
  createContextKey,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  trace,
} from '@opentelemetry/api';
import { suppressTracing, W3CTraceContextPropagator } from '@opentelemetry/core';
import { AlwaysOffSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import * as fc from 'fast-check';
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
      traceparent: `00-${traceId}-${spanId}-03`,
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

  const child = (parent: Context, root = false): Span => tracer.startSpan('work', { root }, parent);
  const flagsOf = (span: Span, propagator: Propagator = ours): string | undefined =>
    // In a context that knows nothing of the one that came in, as that of a consumer's callback.
    injected(trace.setSpan(ROOT_CONTEXT, span), propagator)['traceparent']?.slice(53);
  const incoming = (flags: string, traceId = TRACE_ID): Context =>
    ours.extract(
      ROOT_CONTEXT,
      { traceparent: `00-${traceId}-b7ad6b7169203331-${flags}` },
      defaultTextMapGetter,
    );

  test.each(['00', '01', '02', '03'])(
    'of %s goes on where the span is set on another context than the one that was extracted',
    (flags) => {
      const first = child(incoming(flags));
      const second = child(trace.setSpan(ROOT_CONTEXT, first));
      const third = child(trace.setSpan(ROOT_CONTEXT, second));

      // The sampler of the test records what the caller sampled, and drops the rest.
      for (const span of [first, second, third]) expect(flagsOf(span)).toBe(flags);
    },
  );

  test('is set for a trace that starts here, recorded or not, at its root and below', () => {
    const dropping = new TracerProvider({ sampler: new AlwaysOffSampler() }).getTracer('test');
    const root = child(incoming('01'), true);

    expect(flagsOf(root)).toBe('03');
    expect(flagsOf(child(trace.setSpan(ROOT_CONTEXT, root)))).toBe('03');
    expect(flagsOf(dropping.startSpan('work', {}, ROOT_CONTEXT))).toBe('02');
  });

  test('is left out for traces that start here where their ids are not random', () => {
    const propagator = w3cTraceContextPropagator({ randomTraceIds: false });
    const root = child(ROOT_CONTEXT);

    expect(flagsOf(root, propagator)).toBe('01');
    expect(flagsOf(child(trace.setSpan(ROOT_CONTEXT, root)), propagator)).toBe('01');
    const below = child(trace.setSpan(ROOT_CONTEXT, child(incoming('03'))));
    expect(flagsOf(below, propagator)).toBe('03');
    expect(() => w3cTraceContextPropagator({ randomTraceIds: 'no' as never })).toThrow(
      'randomTraceIds',
    );
  });

  test('is not made up for a trace that another propagator read', () => {
    const parent = stock.extract(ROOT_CONTEXT, { traceparent: HEADER }, defaultTextMapGetter);

    expect(flagsOf(child(parent))).toBe('01');
  });

  test('of the last caller counts where one trace comes in twice', () => {
    const span = child(trace.setSpan(ROOT_CONTEXT, child(incoming('01'))));
    expect(flagsOf(span)).toBe('01');

    incoming('03');

    expect(flagsOf(span)).toBe('03');
  });

  test('is the one that came in, for any trace, flags and depth', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\da-f]{32}$/).filter((id) => !/^0+$/.test(id)),
        fc.constantFrom('00', '01', '02', '03'),
        fc.nat(4),
        (traceId, flags, depth) => {
          let span = child(incoming(flags, traceId));
          for (let at = 0; at < depth; at++) span = child(trace.setSpan(ROOT_CONTEXT, span));
          expect(injected(trace.setSpan(ROOT_CONTEXT, span))['traceparent']).toBe(
            `00-${traceId}-${span.spanContext().spanId}-${flags}`,
          );
        },
      ),
    );
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

  expect(context).toMatchObject({ ...span.spanContext(), traceFlags: 0b11, isRemote: true });
});

test('fields names every header it writes', () => {
  expect(ours.fields()).toEqual(['traceparent', 'tracestate']);
});

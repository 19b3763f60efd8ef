import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { compositePropagator } from './composite-propagator.ts';
import { w3cPropagator } from './w3c-propagator.ts';

const HEADERS = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'a=1',
  baggage: 'session.id=s-42',
};
const throwing: TextMapPropagator = {
  inject() {
    throw new Error('inject');
  },
  extract() {
    throw new Error('extract');
  },
  fields: () => ['x-broken', 'traceparent'],
};

test('composite_propagator_extract: trace context and baggage are read from one carrier', () => {
  const context = w3cPropagator({ baggageKeys: 'all' }).extract(
    ROOT_CONTEXT,
    HEADERS,
    defaultTextMapGetter,
  );

  expect(trace.getSpanContext(context)?.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(propagation.getBaggage(context)?.getEntry('session.id')?.value).toBe('s-42');
});

test('composite_propagator_inject: trace context and baggage are written to one carrier', () => {
  const context = w3cPropagator({ baggageKeys: 'all' }).extract(
    ROOT_CONTEXT,
    HEADERS,
    defaultTextMapGetter,
  );
  const carrier = {};

  w3cPropagator({ baggageKeys: 'all' }).inject(context, carrier, defaultTextMapSetter);

  expect(carrier).toEqual(HEADERS);
});

test('a propagator that throws does not stop the one behind it', () => {
  const composite = compositePropagator([throwing, w3cPropagator({ baggageKeys: 'all' })]);
  const carrier = {};

  const context = composite.extract(ROOT_CONTEXT, HEADERS, defaultTextMapGetter);
  composite.inject(context, carrier, defaultTextMapSetter);

  expect(carrier).toEqual(HEADERS);
});

test('fields names each header once', () => {
  expect(compositePropagator([throwing, w3cPropagator({ baggageKeys: 'all' })]).fields()).toEqual([
    'x-broken',
    'traceparent',
    'tracestate',
    'baggage',
  ]);
});

import { type Baggage, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { InvalidOptionError, type SpanProcessor } from '@llm-otel/core';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { copyBaggageToSpans } from './copy-baggage-to-spans.ts';

function attributesOfSpanIn(baggage: Baggage, keys: readonly string[]): unknown {
  const exporter = new InMemorySpanExporter();
  const inner = new SimpleSpanProcessor({ exporter });
  const copying = copyBaggageToSpans({ keys })(inner);
  const provider = new TracerProvider({ spanProcessors: [copying] });

  const context = propagation.setBaggage(ROOT_CONTEXT, baggage);
  provider.getTracer('test').startSpan('chat', {}, context).end();
  return exporter.getFinishedSpans()[0]?.attributes;
}

const BAGGAGE = propagation.createBaggage({
  'session.id': { value: 's-42' },
  'user.email': { value: 'a@example.com' },
});

test('a listed entry is an attribute of the span', () => {
  expect(attributesOfSpanIn(BAGGAGE, ['session.id', 'none'])).toEqual({ 'session.id': 's-42' });
});

test('an entry that is not listed stays off the span', () => {
  expect(attributesOfSpanIn(BAGGAGE, [])).toEqual({});
});

test('baggage that throws costs the attribute, not the span', () => {
  const throwing = {
    ...BAGGAGE,
    getEntry: () => {
      throw new Error('broken');
    },
  } as unknown as Baggage;

  expect(attributesOfSpanIn(throwing, ['session.id'])).toEqual({});
});

test('without baggage the span goes on as it is', () => {
  const started: unknown[] = [];
  const inner = { onStart: (span: unknown) => started.push(span) } as unknown as SpanProcessor;

  copyBaggageToSpans({ keys: ['a'] })(inner).onStart('span' as never, ROOT_CONTEXT);

  expect(started).toEqual(['span']);
});

test('keys that are no list are refused with the name of the option', () => {
  expect(() => copyBaggageToSpans({ keys: 'session.id' as never })).toThrow(InvalidOptionError);
  expect(() => copyBaggageToSpans({ keys: [7] as never })).toThrow(/copyBaggageToSpans\.keys/);
});

import { type Context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { baggageItem, type BaggageItem, baggageKeysOf } from './baggage-item.ts';
import { copyBaggageToSpans } from './copy-baggage-to-spans.ts';
import { extractHeaders, injectHeaders } from './headers.ts';
import { w3cPropagator } from './w3c-propagator.ts';

const tier = baggageItem({ key: 'app.tier', type: ['free', 'pro'], mayLeave: true });
const budget = baggageItem({ key: 'app.budget', type: 'number', attribute: 'budget' });
const trial = baggageItem({ key: 'app.trial', type: 'boolean', attribute: false });
const user = baggageItem({
  key: 'user.id',
  type: 'string',
  maxBytes: 8,
  protect: (text) => `h-${text.length}`,
});
const withEntry = (key: string, value: string): Context =>
  propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ [key]: { value } }));

test('a value is read back as the type it was set with', () => {
  const context = trial.set(budget.set(tier.set(ROOT_CONTEXT, 'pro'), 0.25), false);

  expect([tier.get(context), budget.get(context), trial.get(context)]).toEqual([
    'pro',
    0.25,
    false,
  ]);
  expectTypeOf(tier.get(context)).toEqualTypeOf<'free' | 'pro' | undefined>();
  expectTypeOf(budget.get(context)).toEqualTypeOf<number | undefined>();
  // @ts-expect-error -- no such tier
  expect(tier.set(context, 'gold')).toBe(context);
  expect(tier.get(tier.remove(context))).toBeUndefined();
  expect(tier.remove(ROOT_CONTEXT)).toBe(ROOT_CONTEXT);
});

describe('what a caller sent is', () => {
  test.each<[BaggageItem, string, unknown]>([
    [tier, 'pro', 'pro'],
    [tier, 'gold', undefined],
    [budget, '12', 12],
    [budget, '', undefined],
    [budget, 'NaN', undefined],
    [budget, '1e999', undefined],
    [trial, 'true', true],
    [trial, 'yes', undefined],
    [user, 'x'.repeat(9), undefined],
    [user, 'éééé', 'éééé'],
    [user, 'ééééé', undefined],
  ])('checked as if it were set here: $key %j', (item, text, expected) => {
    expect(item.get(withEntry(item.key, text))).toBe(expected);
  });

  test('never a reason to throw', () => {
    const broken = propagation.setBaggage(ROOT_CONTEXT, {
      getEntry() {
        throw new Error('broken');
      },
    } as never);

    expect(tier.get(broken)).toBeUndefined();
  });
});

describe('what is not set leaves the context as it was', () => {
  test.each<[BaggageItem, unknown]>([
    [tier, 'gold'],
    [budget, Number.POSITIVE_INFINITY],
    [budget, '7'],
    [trial, 'true'],
    [user, 7],
    [baggageItem({ key: 'k', type: 'string' }), 'x'.repeat(257)],
    [
      baggageItem({
        key: 'k',
        type: 'string',
        protect() {
          throw new Error('no key');
        },
      }),
      'clear',
    ],
  ])('$key %j', (item, value) => {
    expect(item.set(ROOT_CONTEXT, value as never)).toBe(ROOT_CONTEXT);
  });
});

test('a protected value is nowhere in the context', () => {
  const context = user.set(ROOT_CONTEXT, 'ada@example.com');

  expect(user.get(context)).toBe('h-15');
  expect(JSON.stringify(propagation.getBaggage(context)?.getAllEntries())).not.toContain('ada');
});

test('only items that may leave do', () => {
  const context = budget.set(tier.set(ROOT_CONTEXT, 'pro'), 7);
  const headers: Record<string, string> = {};

  injectHeaders(
    headers,
    context,
    w3cPropagator({ baggageKeys: baggageKeysOf([tier, budget, trial]) }),
  );

  expect(headers).toEqual({ baggage: 'app.tier=pro' });
  expect(tier.get(extractHeaders(headers))).toBe('pro');
});

test('items are copied onto spans as what they are, under their attribute', () => {
  const exporter = new InMemorySpanExporter();
  const copying = copyBaggageToSpans({ items: [tier, budget, trial] });
  const provider = new TracerProvider({
    spanProcessors: [copying(new SimpleSpanProcessor({ exporter }))],
  });
  const context = trial.set(budget.set(tier.set(ROOT_CONTEXT, 'pro'), 7), true);

  provider.getTracer('test').startSpan('a', {}, context).end();
  provider.getTracer('test').startSpan('b', {}, withEntry('app.tier', 'gold')).end();

  expect(exporter.getFinishedSpans().map(({ attributes }) => attributes)).toEqual([
    { 'app.tier': 'pro', budget: 7 },
    {},
  ]);
});

test.each([
  ['key', { key: 'a b', type: 'string' }],
  ['key', { key: '', type: 'string' }],
  ['type', { key: 'a', type: 'date' }],
  ['type', { key: 'a', type: [] }],
  ['maxBytes', { key: 'a', type: 'string', maxBytes: 0 }],
  ['maxBytes', { key: 'a', type: 'string', maxBytes: 9000 }],
  ['protect', { key: 'a', type: 'string', protect: 'sha256' }],
])('a wrong %s is refused by name', (option, options) => {
  expect(() => baggageItem(options as never)).toThrow(InvalidOptionError);
  expect(() => baggageItem(options as never)).toThrow(`baggageItem.${option}`);
});

test.each([
  ['maxbytes', 'maxBytes'],
  ['protected', 'protect'],
  ['mayleave', 'mayLeave'],
])(
  '%s is no option: %s was meant, and a value would leave or not be protected in silence',
  (wrong, meant) => {
    const options = { key: 'a', type: 'string', [wrong]: true };
    expect(() => baggageItem(options as never)).toThrow(
      new RegExp(`baggageItem\\.${wrong} .*baggageItem\\.${meant}`, 'u'),
    );
  },
);

test('every text within the size goes over the wire and back', () => {
  const item = baggageItem({ key: 'k', type: 'string', mayLeave: true });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const value = text.toWellFormed();
      const headers = {};
      injectHeaders(headers, item.set(ROOT_CONTEXT, value), w3cPropagator({ baggageKeys: ['k'] }));
      expect(item.get(extractHeaders(headers))).toBe(value);
    }),
  );
});

import { type Baggage, defaultTextMapGetter, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import { suppressTracing, W3CBaggagePropagator } from '@opentelemetry/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baggageOf, contextWith, headerOf, ours, valuesOf } from '../test/baggage-headers.ts';
import { w3cBaggagePropagator } from './baggage-propagator.ts';

const stock = new W3CBaggagePropagator();

describe('the allow list', () => {
  test('only listed keys leave the process', () => {
    const propagator = w3cBaggagePropagator({ baggageKeys: ['session.id'] });
    const context = contextWith({ 'session.id': 's-42', 'user.email': 'a@example.com' });

    expect(headerOf(context, propagator)).toBe('session.id=s-42');
    expect(headerOf(context, w3cBaggagePropagator({ baggageKeys: [] }))).toBeUndefined();
  });

  test('what comes in is read, listed or not', () => {
    expect(valuesOf('a=1', w3cBaggagePropagator({ baggageKeys: [] }))).toEqual({ a: '1' });
  });

  test('anything else than a list of strings is refused with the name of the option', () => {
    expect(() => w3cBaggagePropagator({ baggageKeys: 'session.id' as never })).toThrow(
      InvalidOptionError,
    );
    expect(() => w3cBaggagePropagator({ baggageKeys: [1] as never })).toThrow(/baggageKeys/);
  });
});

describe('baggage that came in', () => {
  const baggage = baggageOf('a=1,b=2') as Baggage;

  test('is changed by copies only', () => {
    expect(baggage.setEntry('c', { value: '3' }).getAllEntries()).toHaveLength(3);
    expect(baggage.removeEntry('a').getEntry('a')).toBeUndefined();
    expect(baggage.removeEntries('a', 'b').getAllEntries()).toEqual([]);
    expect(baggage.clear().getAllEntries()).toEqual([]);
    const entry = baggage.getEntry('a');
    if (entry !== undefined) entry.value = 'changed';

    expect(baggage.getAllEntries()).toEqual([
      ['a', { value: '1' }],
      ['b', { value: '2' }],
    ]);
    expect(baggage.getEntry('none')).toBeUndefined();
  });
});

describe('passing on', () => {
  const passedOn = (baggage: unknown): string | undefined =>
    headerOf(ours.extract(ROOT_CONTEXT, { baggage }, defaultTextMapGetter));

  test('a header in good order goes out as it came, bytes that are not UTF-8 and doubled keys too', () => {
    for (const header of ['a=1', 'a=%20x%c3%bc,b=%FF,a=2', 'a=,b=2']) {
      expect(passedOn(header)).toBe(header);
    }
  });

  test.each([
    [' a=1', 'a=1'],
    ['a=1 ', 'a=1'],
    ['a= 1', 'a=1'],
    ['a =1', 'a=1'],
    ['a=1,', 'a=1'],
    ['a=1,,b=2', 'a=1,b=2'],
    ['a=1,b', 'a=1'],
    ['a=1,x y=2', 'a=1'],
    ['a=%zz', 'a=%25zz'],
    ['a=%4', 'a=%254'],
    ['a=x"y', 'a=x%22y'],
    ['a=x\r\ny', 'a=x%0D%0Ay'],
    ['a=\u00e9', 'a=%C3%A9'],
    ['a=1;p=2', 'a=1;p=2'],
    ['a=1;', 'a=1'],
    [['a=1', 'b=2'], 'a=1,b=2'],
    [`a=1,b=${'v'.repeat(8190)}`, 'a=1'],
  ])('%j goes out as %j', (header, expected) => {
    expect(passedOn(header)).toBe(expected);
  });

  test('changed baggage is written anew', () => {
    const context = ours.extract(ROOT_CONTEXT, { baggage: 'a=1,b=2' }, defaultTextMapGetter);
    const changed = propagation.getBaggage(context)?.setEntry('b', { value: '3' }) as Baggage;

    expect(headerOf(propagation.setBaggage(context, changed))).toBe('a=1,b=3');
    expect(headerOf(context, w3cBaggagePropagator({ baggageKeys: ['b'] }))).toBe('b=2');
  });
});

describe('beside the stock propagator', () => {
  test('a context of either is written the same by both', () => {
    for (const from of [ours, stock]) {
      for (const to of [ours, stock]) {
        const context = from.extract(
          ROOT_CONTEXT,
          { baggage: 'a=1,b=x%20y;p=1' },
          defaultTextMapGetter,
        );
        expect(headerOf(context, to)).toBe('a=1,b=x%20y;p=1');
      }
    }
  });

  test('nothing is written while tracing is suppressed', () => {
    expect(headerOf(suppressTracing(contextWith({ a: '1' })))).toBeUndefined();
  });
});

describe('properties', () => {
  const key = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,12}$/);
  const value = fc.string({ unit: 'binary', maxLength: 20 });

  test('what is written is read back the same', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(key, value), { maxLength: 30, selector: ([k]) => k }),
        (list) => {
          const entries = list.map(([k, v]) => [k, { value: v.toWellFormed() }] as const);
          let baggage = propagation.createBaggage();
          for (const [k, entry] of entries) baggage = baggage.setEntry(k, entry);
          const header = headerOf(propagation.setBaggage(ROOT_CONTEXT, baggage));
          expect(header ?? '').toMatch(/^[!-~]*$/);
          expect(baggageOf(header)?.getAllEntries() ?? []).toEqual(entries);
        },
      ),
    );
  });

  test('no header makes it throw, and what was read is written within the limits', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'ab=,;% \t%41%F0'.split('')),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 300,
    });
    fc.assert(
      fc.property(fc.oneof(text, fc.array(text), fc.anything()), (header) => {
        const context = ours.extract(ROOT_CONTEXT, { baggage: header }, defaultTextMapGetter);
        expect((headerOf(context) ?? '').length).toBeLessThanOrEqual(8192);
      }),
      { numRuns: 500 },
    );
  });

  // Work by the square of the length would take hours: the limit of a test is enough to tell.
  test.each(['a=1,', ',', '=', ';', '%', ' ', 'a= ', 'a=%ff,', 'a=1;b=2;'])(
    'a hostile header of ten megabytes of %j, or a thousand of them, comes to its end',
    (part) => {
      for (const header of [
        part.repeat(10_000_000 / part.length),
        Array.from({ length: 1000 }, () => part),
      ])
        expect(baggageOf(header)?.getAllEntries().length ?? 0).toBeLessThanOrEqual(180);
    },
  );
});

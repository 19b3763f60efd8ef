import {
  type Baggage,
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
} from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import { suppressTracing, W3CBaggagePropagator } from '@opentelemetry/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { w3cBaggagePropagator } from './baggage-propagator.ts';

const ours = w3cBaggagePropagator({ baggageKeys: 'all' });
const stock = new W3CBaggagePropagator();

function contextWith(values: Record<string, string>): Context {
  const entries = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, { value }]),
  );
  return propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(entries));
}

function headerOf(context: Context, propagator = ours): string | undefined {
  const carrier: Record<string, string> = {};
  propagator.inject(context, carrier, defaultTextMapSetter);
  return carrier['baggage'];
}

function baggageOf(baggage: unknown, propagator = ours): Baggage | undefined {
  return propagation.getBaggage(
    propagator.extract(ROOT_CONTEXT, { baggage }, defaultTextMapGetter),
  );
}

function valuesOf(header: unknown, propagator = ours): Record<string, string> | undefined {
  const entries = baggageOf(header, propagator)?.getAllEntries();
  return entries && Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
}

describe('baggage_parsing_single', () => {
  test('baggage_parsing_single: one member is one entry', () => {
    expect(valuesOf('session.id=s-42')).toEqual({ 'session.id': 's-42' });
  });

  test.each([
    ['blanks', ' a \t=\t b ', { a: 'b' }],
    ['an empty value', 'a=', { a: '' }],
    ['an equals sign in the value', 'a=b=c==', { a: 'b=c==' }],
    ['a key that looks encoded', 'a%20b=1', { 'a%20b': '1' }],
    ['a key named as a property of all objects', '__proto__=1', undefined],
    ['properties', 'a=1;meta;k=v', { a: '1' }],
    ['an equals sign only in a property', 'a;k=v', undefined],
    ['no equals sign', 'a', undefined],
    ['no key', '=1', undefined],
    ['a key with a blank', 'a b=1', undefined],
    ['a key with a quote', '"a"=1', undefined],
    ['a key past ASCII', 'é=1', undefined],
    ['nothing', '', undefined],
    ['only commas', ',,,', undefined],
  ])('%s: %j', (name, header, expected) => {
    if (name.startsWith('a key named')) {
      expect(baggageOf(header)?.getEntry('__proto__')).toEqual({ value: '1' });
    } else {
      expect(valuesOf(header)).toEqual(expected);
    }
  });

  test('properties are kept and passed on', () => {
    const context = ours.extract(
      ROOT_CONTEXT,
      { baggage: 'a=1; privacy=low ;x , b=2' },
      defaultTextMapGetter,
    );

    const entry = propagation.getBaggage(context)?.getEntry('a');
    expect(entry?.metadata?.toString()).toBe('privacy=low ;x');
    expect(headerOf(context)).toBe('a=1;privacy=low ;x,b=2');
  });
});

describe('baggage_parsing_multiple', () => {
  test('baggage_parsing_multiple: each member is an entry, in order', () => {
    const baggage = baggageOf('user.id=u-1, session.id=s-42 ,tenant=acme');

    expect(baggage?.getAllEntries().map(([key]) => key)).toEqual([
      'user.id',
      'session.id',
      'tenant',
    ]);
  });

  test('malformed members are left out and the others stay', () => {
    expect(valuesOf('a=1,b,=c,,d e=f,g=2')).toEqual({ a: '1', g: '2' });
  });

  test('of two members with one key the last counts', () => {
    expect(valuesOf('a=1,b=2,a=3')).toEqual({ a: '3', b: '2' });
  });

  test('several headers are one list', () => {
    expect(valuesOf(['a=1,b=2', 'c=3', 42, 'd=4'])).toEqual({ a: '1', b: '2', c: '3', d: '4' });
  });
});

describe('baggage_encoding_special_chars', () => {
  test.each([
    ['a b', 'a%20b'],
    ['a,b;c\\d"e%f', 'a%2Cb%3Bc%5Cd%22e%25f'],
    ["!#$&'()*+-./:<=>?@[]^_`{|}~", "!#$&'()*+-./:<=>?@[]^_`{|}~"],
    ['Grüße', 'Gr%C3%BC%C3%9Fe'],
    ['日本 🎉', '%E6%97%A5%E6%9C%AC%20%F0%9F%8E%89'],
    ['line\r\nbreak\u0000', 'line%0D%0Abreak%00'],
    ['half \uD83D', 'half%20%EF%BF%BD'],
    ['', ''],
  ])('baggage_encoding_special_chars: %j is written as %j', (value, encoded) => {
    const header = headerOf(contextWith({ key: value }));

    expect(header).toBe(`key=${encoded}`);
    expect(valuesOf(header)).toEqual({ key: value.toWellFormed() });
  });

  test.each([
    ['a%20b%C3%BC', 'a bü'],
    ['%e2%82%ac', '€'],
    ['%FF', '\uFFFD'],
    ['%C3%28', '\uFFFD('],
    ['ok%F0%9F%8E', 'ok\uFFFD'],
    ['100%', '100%'],
    ['%zz%41', '%zzA'],
    ['%4', '%4'],
    ['caf\u00E9 %FF', 'caf\u00E9 \uFFFD'],
    ['%EF%BB%BFx%FF', '\uFEFFx\uFFFD'],
  ])('%j is read as %j', (encoded, value) => {
    expect(valuesOf(`key=${encoded}`)).toEqual({ key: value });
  });

  test('a key that the header cannot carry is left out', () => {
    expect(headerOf(contextWith({ 'user id': '1', 'a,b': '2', ok: '3', '': '4', é: '5' }))).toBe(
      'ok=3',
    );
  });

  test('properties with a comma or a line break are left out, their entry is not', () => {
    const metadata = { toString: () => 'x,evil=1\r\n' } as never;
    const baggage = propagation.createBaggage({ a: { value: '1', metadata } });

    expect(headerOf(propagation.setBaggage(ROOT_CONTEXT, baggage))).toBe('a=1');
  });
});

describe('baggage_size_limits', () => {
  test('baggage_size_limits: 64 members in 8192 bytes are carried whole, both ways', () => {
    const values = Object.fromEntries(
      Array.from({ length: 64 }, (_, at) => [`k${at + 10}`, 'v'.repeat(123)]),
    );
    const header = headerOf(contextWith({ ...values, k10: 'v'.repeat(124) }));

    expect(header).toHaveLength(8192);
    expect(valuesOf(header)).toEqual({ ...values, k10: 'v'.repeat(124) });
  });

  test('one member of 8192 bytes is carried, one of 8193 is not', () => {
    expect(headerOf(contextWith({ k: 'v'.repeat(8190) }))).toHaveLength(8192);
    expect(headerOf(contextWith({ k: 'v'.repeat(8191) }))).toBeUndefined();
    expect(valuesOf(`k=${'v'.repeat(8190)}`)?.['k']).toHaveLength(8190);
    expect(valuesOf(`k=${'v'.repeat(8191)}`)).toBeUndefined();
  });

  test('past 8192 bytes whole members are left out, never a part of one', () => {
    const header = headerOf(
      contextWith({ a: 'v'.repeat(5000), b: '€'.repeat(500), c: 'v'.repeat(2000), d: 'small' }),
    );

    expect(header).toBe(`a=${'v'.repeat(5000)},c=${'v'.repeat(2000)},d=small`);
    expect(valuesOf(`a=1,b=${'v'.repeat(8190)},c=3`)).toEqual({ a: '1' });
  });

  test('the limit counts all headers together', () => {
    const values = valuesOf([`a=${'v'.repeat(5000)}`, `b=${'v'.repeat(5000)}`, 'c=3']);

    expect(Object.keys(values ?? {})).toEqual(['a']);
  });

  test('180 members are carried, the others left out', () => {
    const members = Array.from({ length: 200 }, (_, at) => `k${at}=${at}`);

    expect(Object.keys(valuesOf(members.join(',')) ?? {})).toHaveLength(180);
    const values = Object.fromEntries(members.map((_, at) => [`k${at}`, `${at}`]));
    expect(headerOf(contextWith(values))?.split(',')).toHaveLength(180);
  });
});

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

  test('a hostile header of a megabyte takes no longer than its length asks for', () => {
    for (const part of ['a=1,', ',', '=', ';', '%', ' ', 'a= ', 'a=%ff,', 'a=1;b=2;']) {
      const header = part.repeat(1_000_000 / part.length);
      const started = performance.now();
      baggageOf(header);
      baggageOf(Array.from({ length: 1000 }, () => part));
      expect(performance.now() - started).toBeLessThan(500);
    }
  });
});

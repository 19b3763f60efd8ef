import { propagation, defaultTextMapGetter, ROOT_CONTEXT } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { baggageOf, contextWith, headerOf, ours, valuesOf } from '../test/baggage-headers.ts';

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

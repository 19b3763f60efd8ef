import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { gitHubToken, joined, openAiKey } from './made-secrets.ts';

const redactor = createRedactor();
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const codes = openAiKey.split('').map((letter) => letter.charCodeAt(0));
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function shared(text: string): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(text.length);
  new Uint8Array(buffer).set(bytes(text));
  return buffer;
}

function withCause(cause: unknown): Error {
  return new Error('outer', { cause });
}

class Said {
  toString(): string {
    return openAiKey;
  }
}
class Sub extends Map<string, unknown> {}

/** Everything that one of the encoders of this world turns into text, or a reader of bytes. */
const forms: Readonly<Record<string, unknown>> = {
  'a text in a box': new String(openAiKey),
  'a text in a box, of another realm': runInNewContext('new String(key)', { key: openAiKey }),
  'bytes of a part of a buffer': bytes(`__${openAiKey}`).subarray(2),
  'a buffer': bytes(openAiKey).buffer,
  'a shared buffer': shared(openAiKey),
  'bytes of a shared buffer': new Uint8Array(shared(openAiKey)),
  'a view of a buffer': new DataView(bytes(openAiKey).buffer),
  'a Buffer': Buffer.from(openAiKey),
  'a Buffer with a toJSON of its own': Object.assign(Buffer.from('x'), { toJSON: () => openAiKey }),
  'UTF-16': new Uint8Array(utf16(`key ${openAiKey}`)),
  'UTF-16, high byte first': new Uint8Array(utf16(openAiKey).swap16()),
  'UTF-16 from an odd place': new Uint8Array([7, ...utf16(openAiKey)]),
  'UTF-32': new Uint8Array(codes.flatMap((code) => [code, 0, 0, 0])),
  'numbers of two bytes': Uint16Array.from(codes),
  'the name of a member': { [openAiKey]: 1 },
  'a Map': new Map<unknown, unknown>([['a', openAiKey]]),
  'the key of a Map': new Map([[openAiKey, 1]]),
  'a Map by objects': new Map<unknown, unknown>([[{ a: 1 }, openAiKey]]),
  'a Map of a class': new Sub([['deep', { list: [openAiKey] }]]),
  'members beside the entries of a Map': Object.assign(new Map(), { beside: openAiKey }),
  'a Set': new Set([[openAiKey]]),
  Headers: new Headers({ 'x-note': openAiKey }),
  'a secret header': new Headers({ authorization: openAiKey }),
  FormData: Object.assign(new FormData(), {}),
  'a query': new URLSearchParams({ q: openAiKey }),
  'a name of a query that comes again': new URLSearchParams([
    ['q', openAiKey],
    ['q', '1'],
  ]),
  'a URL': new URL(`https://user:${openAiKey}@example.com/`),
  'the message of an error': new Error(openAiKey),
  'the cause of an error': withCause(withCause({ key: openAiKey })),
  'the cause of an error that is a text': withCause(openAiKey),
  'one of the errors': new AggregateError([new Error('a'), new Error(openAiKey)]),
  'a member of an error': Object.assign(new Error('a'), { response: { body: openAiKey } }),
  'an error of another realm': runInNewContext('new Error(key)', { key: openAiKey }),
  toString: new Said(),
  'toString of its own': { toString: () => openAiKey },
  'toString without a prototype': Object.assign(Object.create(null), { toString: () => openAiKey }),
  'a primitive by request': { [Symbol.toPrimitive]: () => openAiKey },
  toJSON: { toJSON: () => ({ a: [openAiKey] }) },
  'toJSON of a list': Object.assign(['a'], { toJSON: () => [openAiKey] }),
  'toJSON of a function': Object.assign(() => 1, { toJSON: () => openAiKey }),
  'a date with a toJSON of its own': Object.assign(new Date(0), { toJSON: () => openAiKey }),
  'a regular expression': new RegExp(openAiKey),
  'a symbol': Symbol(openAiKey),
};
(forms['FormData'] as FormData).append('file', openAiKey);

/** What somebody who writes the value out may read. */
function allTexts(value: unknown): string {
  if (typeof value === 'symbol') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (value instanceof Uint8Array)
    return Buffer.from(value).toString('latin1').replaceAll('\0', '');
  const { message, stack } = value as Partial<Error>;
  const parts = [JSON.stringify(value) ?? '', message ?? '', stack ?? ''];
  if (Object.getPrototypeOf(value) !== null) parts.push(Reflect.apply(String, undefined, [value]));
  if (Symbol.iterator in value && !Array.isArray(value))
    parts.push(JSON.stringify([...(value as Iterable<unknown>)]));
  return parts.join('\n');
}

describe('nothing that an encoder turns into text comes through', () => {
  test.each(Object.keys(forms))('%s', (name) => {
    for (const place of [{ note: forms[name] }, { list: ['a', { b: forms[name] }] }]) {
      const redacted = redactor.redactDeep(place) as Record<string, unknown>;
      const value =
        'note' in redacted ? redacted['note'] : (redacted['list'] as { b: unknown }[])[1]!.b;

      expect(allTexts(value)).not.toContain(openAiKey.slice(8));
      expect(allTexts(value)).toContain('[REDACTED:');
    }
  });

  test.each(Object.keys(forms))('%s, as the body itself', (name) => {
    expect(allTexts(redactor.redactDeep(forms[name]))).not.toContain(openAiKey.slice(8));
  });
});

test('what such an object says is asked for once, and handed on as it was then', () => {
  let asked = 0;
  const changing = { toJSON: () => (asked++ === 0 ? 'fine' : openAiKey) };

  const redacted = redactor.redactDeep({ changing });

  expect(JSON.stringify(redacted)).toBe('{"changing":"fine"}');
});

test('under the name of a secret, a box, a list, a collection and bytes go too', () => {
  const word = joined('correct', 'horse');
  const values = [new String(word), new Set([word]), Buffer.from(word), { toJSON: () => word }];

  for (const password of values)
    expect(
      allTexts((redactor.redactDeep({ password }) as { password: unknown }).password),
    ).not.toContain(word);
});

test('objects with nothing to hide stay what they are', () => {
  const place = {
    map: new Map([['a', 1]]),
    set: new Set(['a']),
    error: new Error('no route'),
    date: new Date(0),
    bytes: new Uint8Array([0, 1, 2]),
    buffer: new ArrayBuffer(4),
    nothing: Object.create(null) as object,
    said: /a/,
    mark: Symbol('a'),
    run: () => gitHubToken,
  };

  expect(redactor.redactDeep(place)).toBe(place);
});

test('objects that cannot be asked, that say themselves or that never end are replaced', () => {
  const own = createRedactor();
  const throwing = {
    toJSON: () => {
      throw new Error('no');
    },
  };
  const endless = (): object => ({ toJSON: () => endless() });
  const itself = { n: 1, toJSON: (): unknown => itself };
  const cause = new Error('a');
  cause.cause = cause;

  const redacted = own.redactDeep({ throwing, endless: endless(), itself, cause });

  expect(redacted).toMatchObject({
    throwing: '[REDACTED:error]',
    endless: '[REDACTED:too_deep]',
    itself: { n: 1 },
    cause: { message: 'a', cause: '[REDACTED:circular]' },
  });
  expect(own.report().failed).toBe(1);
});

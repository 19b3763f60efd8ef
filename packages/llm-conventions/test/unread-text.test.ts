// Text inside media that is not UTF-8: redaction sees it, or the store does not get it.
import type { Attributes } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messagesFromOpenAiChat, moveMediaOut, normaliseLogs } from '../src/index.ts';
import { normalised } from './normalised.ts';
import { readableSpan } from './readable-span.ts';

const WORDS = 'key,value\npassword,hunter2 Größe 漢字 😀\n';

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}

const little = Buffer.from(WORDS, 'utf16le');
const marked = Buffer.from(`\uFEFF${WORDS}`, 'utf16le');
const wide32 = Buffer.concat([
  Buffer.from([0xff, 0xfe, 0, 0]),
  ...Array.from('password', (unit) => Buffer.from([unit.charCodeAt(0), 0, 0, 0])),
]);

function withBlob(bytes: Buffer, mime_type: string): Attributes {
  const blob = { type: 'blob', modality: 'document', mime_type, content: bytes.toString('base64') };
  return { 'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [blob] }]) };
}

interface Blob {
  readonly type: string;
  readonly content: string;
  readonly mime_type: string;
}

function blobIn(attributes: Attributes): Blob {
  const json = attributes['gen_ai.input.messages'];
  const messages = (typeof json === 'string' ? JSON.parse(json) : json) as { parts: Blob[] }[];
  return messages[0]!.parts[0]!;
}

function stored(attributes: Attributes): string[] {
  const texts: string[] = [];
  moveMediaOut({
    put({ bytes }) {
      texts.push(Buffer.from(bytes).toString());
      return { uri: 'mem:1', sha256: 'hash' };
    },
  }).transform(readableSpan(attributes));
  return texts;
}

const cases: [name: string, bytes: Buffer, mimeType: string][] = [
  ['with its mark', marked, 'text/csv'],
  ['with its mark, of big endian', swapped(marked), 'text/csv'],
  ['with its mark, of any type', marked, 'application/octet-stream'],
  ['as its type declares', Buffer.from('漢字 password', 'utf16le'), 'text/csv; charset="UTF-16LE"'],
  ['that only its zeros tell', Buffer.from('password,hunter2,xyz', 'utf16le'), 'text/csv'],
  [
    'of big endian that only its zeros tell',
    swapped(Buffer.from('password,hunter2', 'utf16le')),
    'text/csv',
  ],
];

describe('text in UTF-16', () => {
  test.each(cases)(
    '%s is UTF-8 when redaction sees it, and goes to the store',
    (_, bytes, type) => {
      const attributes = normalised(withBlob(bytes, type));

      const { content, mime_type } = blobIn(attributes);
      const text = Buffer.from(content, 'base64').toString();
      expect(text).toContain('password');
      expect(text).not.toContain('\0');
      expect(mime_type).not.toMatch(/utf-16/i);
      expect(stored(attributes)).toEqual([text]);
    },
  );

  test.each(cases)('%s does not reach the store where nobody has decoded it', (_, bytes, type) => {
    expect(stored(withBlob(bytes, type))).toEqual([]);
  });

  test('is decoded exactly', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6000 }),
        fc.boolean(),
        (text, big) => {
          const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
          const { content } = blobIn(
            normalised(withBlob(big ? swapped(bytes) : bytes, 'text/plain')),
          );
          expect(Buffer.from(content, 'base64').toString()).toBe(text);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('in a data URL, in what a tool answered and on a log event is decoded too', () => {
    const url = `data:text/csv;charset=utf-16le;base64,${little.toString('base64')}`;
    const result = { file: url, other: { mimeType: 'text/csv', data: marked.toString('base64') } };
    const utf8 = Buffer.from(WORDS).toString('base64');
    const expected = {
      file: `data:text/csv;charset=utf-8;base64,${utf8}`,
      other: { mimeType: 'text/csv', data: utf8 },
    };

    const attributes = normalised({ 'gen_ai.tool.call.result': JSON.stringify(result) });
    const record = normaliseLogs().transform({
      attributes: { 'gen_ai.tool.call.result': result },
    } as never);

    expect(JSON.parse(attributes['gen_ai.tool.call.result'] as string)).toEqual(expected);
    expect(record.attributes['gen_ai.tool.call.result']).toEqual(expected);
    expect(stored({ 'gen_ai.tool.call.result': JSON.stringify(result) })).toEqual([]);
    const messages = messagesFromOpenAiChat([
      { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
    ]);
    const blob = blobIn(normalised({ 'gen_ai.input.messages': JSON.stringify(messages) }));
    expect(Buffer.from(blob.content, 'base64').toString()).toBe(WORDS);
  });
});

test.each([
  ['UTF-32 is not decoded, and not stored', wide32, 'text/plain', 0],
  ['UTF-32 that its type declares is neither', Buffer.from('abcd'), 'text/plain;charset=utf-32', 0],
  ['UTF-8 stays as it is', Buffer.from(WORDS), 'text/plain', 1],
  ['a picture stays as it is, whatever it begins with', marked, 'image/png', 1],
  ['a few bytes stay as they are', Buffer.from([1, 0, 2, 0]), 'application/pdf', 1],
] as const)('%s', (_, bytes, type, count) => {
  const before = withBlob(bytes, type);

  expect(normalised(before)).toEqual(before);
  expect(stored(before)).toHaveLength(count);
});

describe('text in a charset that its type declares', () => {
  test.each([
    ['windows-1251', [0xcf, 0xe0, 0xf0, 0xee, 0xeb, 0xfc], 'Пароль'],
    ['koi8-r', [0xf0, 0xc1, 0xd2, 0xcf, 0xcc, 0xd8], 'Пароль'],
    ['GBK', [0xc3, 0xdc, 0xc2, 0xeb], '密码'],
    ['Shift_JIS', [0x83, 0x70, 0x83, 0x58], 'パス'],
    ['"windows-1253"', [0xea, 0xe5, 0xe9], 'κει'],
  ])('%s is UTF-8 when redaction sees it, and goes to the store', (charset, word, expected) => {
    const bytes = Buffer.concat([Buffer.from(word), Buffer.from(': hunter2')]);
    const attributes = normalised(withBlob(bytes, `text/plain; charset=${charset}`));

    expect(Buffer.from(blobIn(attributes).content, 'base64').toString()).toBe(
      `${expected}: hunter2`,
    );
    expect(blobIn(attributes).mime_type).toMatch(/charset="?utf-8"?$/);
    expect(stored(attributes)).toEqual([`${expected}: hunter2`]);
    expect(stored(withBlob(bytes, `text/plain; charset=${charset}`))).toEqual([]);
    const url = `data:text/plain;charset=${charset.replaceAll('"', '')};base64,${bytes.toString('base64')}`;
    const messages = messagesFromOpenAiChat([
      { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
    ]);
    const blob = blobIn(normalised({ 'gen_ai.input.messages': JSON.stringify(messages) }));
    expect(Buffer.from(blob.content, 'base64').toString()).toBe(`${expected}: hunter2`);
  });

  test('is taken for UTF-8 where it is that, whatever is declared', () => {
    const before = withBlob(Buffer.from('Größe: 7'), 'text/plain; charset=windows-1251');
    expect(normalised(before)).toEqual(before);
    expect(stored(before)).toEqual(['Größe: 7']);
  });

  test.each(['utf-7-of-mine', 'x-unknown'])(
    'is not stored where nobody knows the charset %s',
    (charset) => {
      const before = withBlob(Buffer.from([0xcf, 0xe0, 0xf0]), `text/plain; charset=${charset}`);
      expect(normalised(before)).toEqual(before);
      expect(stored(before)).toEqual([]);
    },
  );
});

const cyrillic = Buffer.from([0xcf, 0xe0, 0xf0, 0xee, 0xeb, 0xfc, 32, 0xea, 0xee, 0xed, 0xe5]);

test.each([
  ['Western letters of one byte', Buffer.from('größe;schlüssel\r\n', 'latin1'), 'text/csv', 1],
  ['Western letters that are declared', Buffer.from('ßßß', 'latin1'), 'text/csv;charset=latin1', 1],
  ['colours of a terminal', Buffer.from('\x1b[32m12:00\x1b[0m INFO'), 'text/plain', 1],
  ['a zero between names', Buffer.from('src/a.ts\0src/b.ts\0'), 'text/plain', 1],
  ['letters of another alphabet in one byte', cyrillic, 'text/plain', 0],
  ['the same as JSON', cyrillic, 'application/vnd.api+json', 0],
  ['UTF-16 without a mark', Buffer.from('Отчёт о погоде', 'utf16le'), 'text/plain', 0],
  [
    'Chinese UTF-16 without a mark',
    Buffer.from('奥斯陆天气季度报告。'.repeat(2), 'utf16le'),
    'text/plain',
    0,
  ],
  ['the same where nothing says that it is text', cyrillic, 'application/octet-stream', 1],
  ['noise in a file', Buffer.from([0, 1, 2, 200, 201, 202]), 'application/pdf', 1],
] as const)(
  'text that its type tells, with %s: it reaches the store if redaction could read it',
  (_, bytes, type, count) => {
    expect(stored(normalised(withBlob(bytes, type)))).toHaveLength(count);
  },
);

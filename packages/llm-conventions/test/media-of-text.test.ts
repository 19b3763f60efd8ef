// Files of text that tools and models hand on as base64: what redaction is to read in them must be in one line in front of it.
import { createHash } from 'node:crypto';
import type { Attributes } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { contentBudget, moveMediaOut } from '../src/index.ts';
import { normalised } from './normalised.ts';
import { readableSpan } from './readable-span.ts';

const key = ['sk', 'ant', 'api03', 'q8Zx'.repeat(20)].join('-');
const csv = `name,key\nada,${key}\n${'grace,none\n'.repeat(30)}`;
const plain = Buffer.from(csv).toString('base64');
const sha256 = createHash('sha256').update(csv).digest('hex');

function inLines(length: number, lineBreak: string): string {
  return plain.replaceAll(new RegExp(`.{${length}}`, 'g'), (line) => `${line}${lineBreak}`);
}

/** In lines that redaction does not read as one text. */
const ODD_FORMS: Record<string, string> = {
  indented: `\n  ${inLines(64, '\n  ')}`,
  folded: inLines(72, '\r\n '),
  tabbed: inLines(60, '\n\t'),
  'of 57 characters': inLines(57, '\n'),
  'of 20 characters': inLines(20, '\n'),
  'of 8 characters': inLines(8, '\n'),
  uneven: `${plain.slice(0, 100)}\n${plain.slice(100, 130)}\n\n${plain.slice(130)}`,
  'parted by spaces': inLines(20, ' '),
};
const FORMS: Record<string, string> = {
  'one line': plain,
  'lines of MIME': inLines(76, '\r\n'),
  'lines of PEM': inLines(64, '\n'),
};

const PLACES: Record<string, (base64: string) => object> = {
  'data beside text/csv': (data) => ({ mimeType: 'text/csv', data }),
  'data beside application/json': (data) => ({ mimeType: 'application/json', data }),
  'data of the AI SDK': (data) => ({ type: 'file-data', mediaType: 'text/plain', data }),
  'a member that may hold words': (body) => ({ mime_type: 'text/csv', body }),
  'a resource of MCP': (blob) => ({ content: [{ resource: { mimeType: 'text/csv', blob } }] }),
  'a resource of MCP without a type': (blob) => ({ resource: { uri: 'file:///a', blob } }),
  'a source of Anthropic': (data) => ({ source: { type: 'base64', media_type: 'text/csv', data } }),
  'a source without a type': (data) => ({ source: { type: 'base64', data } }),
  'inline data of Gemini': (data) => ({ inlineData: { mimeType: 'text/csv', data } }),
  'a part': (content) => ({ type: 'blob', modality: 'document', mime_type: 'text/csv', content }),
  'a URL': (base64) => ({ url: `data:text/csv;base64,${base64}` }),
};

function asResult(result: object): Attributes {
  return { 'gen_ai.tool.call.result': JSON.stringify(result) };
}

function stored(attributes: Attributes): { readonly texts: string[]; readonly left: string } {
  const texts: string[] = [];
  const store = moveMediaOut({
    put({ bytes }) {
      texts.push(Buffer.from(bytes).toString());
      return { uri: 'mem:1', sha256: createHash('sha256').update(bytes).digest('hex') };
    },
  });
  const left = JSON.stringify(store.transform(readableSpan(attributes)).attributes);
  return { texts, left };
}

describe.each(Object.keys(PLACES))('text in base64 as %s', (place) => {
  const attributesOf = (base64: string): Attributes => asResult(PLACES[place]!(base64));

  test.each(Object.keys(FORMS))('in %s is stored', (form) => {
    const attributes = attributesOf(FORMS[form]!);
    const { texts, left } = stored(attributes);

    expect(texts).toEqual([csv]);
    expect(left).not.toContain(plain.slice(0, 40));
    if (place !== 'a URL') expect(left).toContain(sha256);
    expect(normalised(attributes)).toEqual(attributes);
  });

  test.each(Object.keys(ODD_FORMS))('%s becomes one line in front of redaction', (form) => {
    const attributes = attributesOf(ODD_FORMS[form]!);

    expect(normalised(attributes)).toEqual(attributesOf(plain));
    // What redaction has not read is not stored.
    expect(stored(attributes).texts).toEqual([]);
    expect(stored(normalised(attributes)).texts).toEqual([csv]);
  });

  test('is left out by the budget as a whole', () => {
    const budget = contentBudget({ maxBytesPerAttribute: 300 });
    const { attributes } = budget.transform(readableSpan(attributesOf(plain)));

    expect(JSON.stringify(attributes)).not.toContain(plain.slice(0, 40));
    expect(JSON.stringify(attributes)).toContain('omitted');
  });
});

test.each([
  ['UTF-16', Buffer.from(`\ufeff${csv}`, 'utf16le'), 'text/csv'],
  [
    'a charset that is declared',
    Buffer.from(csv.replace('ada', '\xe4d\xe4'), 'latin1'),
    'text/csv; charset=windows-1251',
  ],
])('text in %s is decoded in whatever lines', (_, bytes, mimeType) => {
  const data = bytes.toString('base64').replaceAll(/.{20}/g, '$&\n ');
  const [result] = Object.values(normalised(asResult({ mimeType, data })));
  const read = JSON.parse(String(result)) as { readonly data: string };

  expect(Buffer.from(read.data, 'base64').toString()).toContain(key);
});

const words = 'the quick brown fox jumps over the lazy dog and runs into the wood '.repeat(8);
test.each<[string, object]>([
  ['words', { mimeType: 'text/plain', data: words }],
  ['words in lines', { mimeType: 'text/plain', data: words.replaceAll(' ', '\n') }],
  [
    'words without spaces',
    { mimeType: 'text/plain', data: words.slice(0, 200).replaceAll(' ', '') },
  ],
  ['an id', { mimeType: 'text/plain', data: '8f14e45fceea167a5a36dedd4bea2543' }],
  [
    'long ids in lines',
    { mimeType: 'text/plain', data: 'an-id-of-20-letters-\nan-id-of-20-letters-' },
  ],
  ['a short text', { mimeType: 'text/plain', data: 'dGVzdA==' }],
  ['JSON', { mimeType: 'application/json', data: '{"a":1}' }],
  ['hex', { mimeType: 'text/plain', body: 'deadbeef00'.repeat(20) }],
  ['words behind a URL', { url: 'data:text/plain;base64,QUJD is what I have for you' }],
])('%s beside a type of text stay as they are', (_, result) => {
  const attributes = asResult(result);

  expect(normalised(attributes)).toEqual(attributes);
  if (!('url' in result)) expect(stored(attributes).texts).toEqual([]);
});

test.each([
  'data:application/octet-stream;name="a b.png";base64,',
  'data:image/png;name="a, b.png";charset=x;base64,',
  "data:text/csv;name='a.csv';base64,",
])('a URL with a parameter in quotes is stored: %s', (header) => {
  const attributes = asResult({ url: `${header}${plain}` });

  expect(stored(attributes).texts).toEqual([csv]);
  expect(normalised(asResult({ url: `${header}${ODD_FORMS['folded']}` }))).toEqual(attributes);
});

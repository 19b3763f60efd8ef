// Base64 with line breaks, as `base64 file`, Python's encodebytes, mail and PEM have it.
import { createHash } from 'node:crypto';
import type { Attributes } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { contentBudget, moveMediaOut } from '../src/index.ts';
import { normalised } from './normalised.ts';
import { readableSpan } from './readable-span.ts';

const picture = Buffer.from(Array.from({ length: 4001 }, (_, n) => (n * 37 + (n >> 8)) % 256));
const sha256 = createHash('sha256').update(picture).digest('hex');
const plain = picture.toString('base64');

function inLines(text: string, length: number, lineBreak: string): string {
  return text.replaceAll(new RegExp(`.{${length}}`, 'g'), (line) => `${line}${lineBreak}`);
}

/** As encoders write them. Redaction reads these as one text. */
const FORMS: Record<string, string> = {
  'of MIME': inLines(plain, 76, '\r\n'),
  'of PEM': `${inLines(plain, 64, '\n')}\n`,
  'of lines of 60': inLines(plain, 60, '\n'),
  'for URLs': inLines(picture.toString('base64url'), 76, '\n'),
};

/** As texts have them that somebody was at. */
const ODD_FORMS: Record<string, string> = {
  'of an old Macintosh': inLines(plain, 76, '\r'),
  'of an indented block': `\n  ${inLines(plain, 64, '\n  ')}`,
  'of uneven lines': `${plain.slice(0, 100)}\n${plain.slice(100, 130)}\n\n${plain.slice(130)}`,
  'of short lines': inLines(plain, 17, '\n'),
  'of lines with blanks behind them': inLines(plain, 76, ' \r\n'),
  'that is one line with breaks around it': `\n${plain}\n`,
};

function stored(attributes: Attributes): { readonly bytes: Buffer[]; readonly left: string } {
  const bytes: Buffer[] = [];
  const store = moveMediaOut({
    put(content) {
      bytes.push(Buffer.from(content.bytes));
      const hash = createHash('sha256').update(content.bytes).digest('hex');
      return { uri: 'mem:1', sha256: hash };
    },
  });
  return {
    bytes,
    left: JSON.stringify(store.transform(readableSpan(attributes)).attributes),
  };
}

function asMessage(content: string): Attributes {
  const blob = { type: 'blob', modality: 'image', mime_type: 'image/png', content };
  return { 'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [blob] }]) };
}

function asResult(result: object): Attributes {
  return { 'gen_ai.tool.call.result': JSON.stringify(result) };
}

const PLACES: Record<string, (base64: string) => Attributes> = {
  'a part': asMessage,
  'a tool': (data) => asResult({ mimeType: 'image/png', data }),
  'a resource of MCP': (blob) =>
    asResult({ content: [{ resource: { mimeType: 'image/png', blob } }] }),
  Anthropic: (data) => asResult({ source: { media_type: 'image/png', data } }),
  'a member that may hold words': (body) => asResult({ mime_type: 'image/png', body }),
  'an image model': (b64_json) => asResult({ data: [{ b64_json }] }),
};

describe.each(Object.keys(PLACES))('base64 of %s', (place) => {
  const attributesOf = PLACES[place]!;

  test.each(Object.keys(FORMS))('%s is stored as the bytes it holds', (form) => {
    const attributes = attributesOf(FORMS[form]!);
    const { bytes, left } = stored(attributes);

    expect(bytes).toEqual([picture]);
    expect(left).toContain(sha256);
    expect(left).toContain(String.raw`\"byte_length\":4001`);
    expect(left).not.toContain(plain.slice(0, 50));
    // Nothing is written anew in front of redaction that this can read.
    expect(normalised(attributes)).toEqual(attributes);
  });

  test.each(Object.keys(ODD_FORMS))(
    '%s becomes one line in front of redaction, which would not read it, and is not stored without that',
    (form) => {
      const attributes = attributesOf(ODD_FORMS[form]!);

      expect(normalised(attributes)).toEqual(attributesOf(plain));
      expect(stored(attributes).bytes).toEqual([]);
      expect(stored(normalised(attributes)).bytes).toEqual([picture]);
    },
  );
});

test.each([...Object.values(FORMS), ...Object.values(ODD_FORMS)])(
  'in a URL it is stored too: %j',
  (base64) => {
    const attributes = asResult({ url: `data:image/png;base64,${base64}` });
    const { bytes, left } = stored(normalised(attributes));

    expect(bytes).toEqual([picture]);
    expect(left).toContain(String.raw`{\"url\":\"mem:1\"}`);
  },
);

test.each([...Object.values(FORMS), ...Object.values(ODD_FORMS)])(
  'it is told by the length of its bytes where the budget leaves it out: %j',
  (base64) => {
    const budgeted = contentBudget({ maxBytesPerAttribute: 300 });
    const { attributes } = budgeted.transform(readableSpan(asMessage(base64)));

    expect(attributes['gen_ai.input.messages']).toContain('"byte_length":4001');
  },
);

test.each(['of MIME', 'of PEM', 'of lines of 60'])(
  'base64 %s in a text is not torn by the budget, wherever it would be',
  (form) => {
    for (let budget = 300; budget < 1500; budget += 7) {
      const budgeted = contentBudget({ maxBytesPerAttribute: budget });
      const text = `The file is this, as you asked for it:\n\n${FORMS[form]}`;
      const { attributes } = budgeted.transform(
        readableSpan({
          'gen_ai.output.messages': JSON.stringify([
            { role: 'assistant', parts: [{ type: 'text', content: text }] },
          ]),
        }),
      );
      expect(attributes['gen_ai.output.messages']).not.toContain(plain.slice(0, 50));
    }
  },
);

test.each([
  { mimeType: 'application/x-list', data: 'alpha\nbeta\ngamma\ndelta', body: 'a\nb' },
  { mimeType: 'text/plain', data: 'an-id-of-20-letters-\nan-id-of-20-letters-' },
])('words in lines are words, beside a MIME type too: %j', (result) => {
  const attributes = asResult(result);

  expect(normalised(attributes)).toEqual(attributes);
  expect(stored(attributes).bytes).toEqual([]);
  expect(JSON.parse(stored(attributes).left)).toEqual(attributes);
});

test('text in UTF-16 in it is decoded in front of redaction', () => {
  const words = 'My password is hunter2, and that of my cat is the same. '.repeat(3);
  const utf16 = Buffer.from(`\ufeff${words}`, 'utf16le').toString('base64');
  const data = inLines(utf16, 76, '\r\n');

  const result = normalised(asResult({ mimeType: 'application/x-words', data }));
  expect(result).toEqual(
    asResult({
      mimeType: 'application/x-words',
      data: Buffer.from(words).toString('base64'),
    }),
  );
});

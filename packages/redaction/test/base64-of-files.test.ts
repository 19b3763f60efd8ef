// Files are sent to models as base64: texts in any encoding, with any characters in them, and everything that is no text.
import { systemClock } from '@llm-otel/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { BASE64 } from '../src/engine/characters.ts';
import { anthropicKey, body, emailAddress, gitHubToken, openAiKey } from './made-secrets.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const { redact } = redactor;

const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);
const utf8 = (text: string): Buffer => Buffer.from(text);
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
const bigEndian = (text: string): Buffer => wide(text).swap16();
const prose = 'The weather report is long and says nothing of note. ';

/** What a run of base64, base64url or hex stands for after redaction; nothing where a placeholder is in its place. */
function left(encoded: string, encoding: BufferEncoding = 'base64'): Buffer {
  const redacted = redact(encoded);
  return redacted.includes('[REDACTED:') ? Buffer.alloc(0) : Buffer.from(redacted, encoding);
}

/** Whether the words are in the bytes, in one byte per letter or in two. */
function holds(file: Buffer, words: string): boolean {
  return (
    file.includes(utf8(words)) || file.includes(wide(words)) || file.includes(bigEndian(words))
  );
}

/** Texts as files, by what stands in front of a secret and behind it. */
const texts: Readonly<Record<string, (secret: string) => Buffer>> = {
  'a line break first': (secret) => utf8(`\n\nimport os\nKEY = "${secret}"\n`),
  'a line break of Windows first': (secret) => utf8(`\r\nmine: ${secret}`),
  'a tab first': (secret) => utf8(`\tMy notes about everything: ${secret}`),
  'colours of a terminal': (secret) => utf8(`\x1b[32m12:00\x1b[0m INFO \x1b[1m${secret}\x1b[0m\n`),
  'the colour of a terminal first': (secret) => utf8(`\x1b[31m${secret}`),
  backspaces: (secret) => utf8(`10%\b\b\b20%\b\b\b30%\n${secret}`),
  'a form feed': (secret) => utf8(`page 1\f page 2\f${secret}`),
  'a vertical tab': (secret) => utf8(`a\vb ${secret}`),
  'a zero in front': (secret) => utf8(`a text that is long enough\0 ${secret}`),
  'a zero behind': (secret) => utf8(`${secret}\0`),
  'zeros between names': (secret) => utf8(`src/a.ts\0src/b.ts\0.env ${secret}\0`),
  'a control character anywhere': (secret) => utf8(`a\x01b\x02c ${secret} \x03d`),
  'Western letters': (secret) => Buffer.from(`größe;schlüssel\r\n1;${secret}\r\n`, 'latin1'),
  'one Western letter': (secret) => Buffer.from(`${prose.repeat(9)} café ${secret}`, 'latin1'),
  'a dash of Windows': (secret) => Buffer.concat([bytes(0x49, 0x74, 0x92, 0x73, 32), utf8(secret)]),
  'Cyrillic letters of Windows': (secret) =>
    Buffer.concat([bytes(0xcf, 0xe0, 0xf0, 0xee, 0xeb, 0xfc, 32), utf8(secret), bytes(32, 0xea)]),
  'Chinese letters of GBK': (secret) =>
    Buffer.concat([bytes(0xc3, 0xdc, 0xc2, 0xeb, 0xca, 0xc7), utf8(secret), bytes(0xa1, 0xa3)]),
  // The second byte of a letter is an ASCII letter, right in front of the secret.
  'Japanese letters of Shift-JIS': (secret) =>
    Buffer.concat([bytes(0x83, 0x70, 0x83, 0x58, 0x83, 0x70), utf8(secret)]),
  'UTF-8 that was cut off': (secret) =>
    Buffer.concat([utf8(`Отчёт о погоде: ${secret} конец`), bytes(0xd0)]),
  'UTF-16': (secret) => wide(`${prose}${secret}`),
  'UTF-16, big endian': (secret) => bigEndian(`${prose}${secret}`),
  'UTF-16 with its mark': (secret) => wide(`\uFEFF${prose}${secret}`),
  'UTF-16, Russian': (secret) => wide(`${'Отчёт о погоде в Осло. '.repeat(9)}${secret} конец`),
  'UTF-16, Chinese': (secret) => wide(`${'奥斯陆天气季度报告。'.repeat(9)}${secret}结束`),
  'UTF-16, Arabic, big endian': (secret) => bigEndian(`كلمة السر ${secret} نهاية`),
  'UTF-16 with colours of a terminal': (secret) => wide(`ö\x1b[31m${secret}\x1b[0m`),
  'UTF-16 behind one byte': (secret) => Buffer.concat([utf8('x'), wide(`${prose}${secret}`)]),
};

const places: readonly ((encoded: string) => string)[] = [
  (encoded) => encoded,
  (encoded) => `see ${encoded} there`,
  (encoded) => `data:text/plain;base64,${encoded}`,
  (encoded) => JSON.stringify([{ type: 'blob', content: encoded }]),
  (encoded) => JSON.stringify({ body: JSON.stringify({ data: encoded, note: 'a\nb' }) }),
];

describe.each(Object.entries(texts))('a text with %s', (_name, textWith) => {
  test.each([
    ['an OpenAI key', openAiKey],
    ['an Anthropic key', anthropicKey],
    ['a GitHub token', gitHubToken],
  ])('does not keep %s', (_, secret) => {
    for (const [encoding, alphabet] of [
      ['base64', /[A-Za-z0-9+/]{24,}/],
      ['base64url', /[A-Za-z0-9_-]{24,}/],
      ['hex', /[0-9a-f]{24,}/],
    ] as const) {
      const encoded = textWith(secret).toString(encoding);
      for (const place of places) {
        const redacted = redact(place(encoded));
        expect(redacted).not.toBe(place(encoded));
        const run = alphabet.exec(redacted)?.[0] ?? '';
        expect(holds(Buffer.from(run, encoding), secret.slice(6, -6))).toBe(false);
      }
    }
  });

  test('stays as it is where it holds none', () => {
    const encoded = textWith('nothing to be seen here').toString('base64');
    expect(redact(encoded)).toBe(encoded);
  });
});

test('passwords behind their names in other languages go too, between control characters and in UTF-16', () => {
  for (const file of [
    utf8('\x01\x02 Пароль: Sommer2024!x, это секрет \0'),
    wide('Пароль: Sommer2024!x, это секрет'),
    Buffer.from('\x01 contraseña: Sommer2024!x \0', 'latin1'),
    utf8('PATH=/usr/bin\0DB_PASSWORD=Sommer2024!x\0'),
  ])
    expect(holds(left(file.toString('base64')), 'Sommer2024!x')).toBe(false);
});

describe('what is no text', () => {
  const noise = fc.uint8Array({ minLength: 0, maxLength: 120 }).map((some) => Buffer.from(some));
  /** Bytes that no stretch of text goes over. */
  const picture = noise.map((some) => Buffer.concat([bytes(0, 1), some, bytes(2, 0)]));

  test('keeps every byte but those of the secret, in its length', () => {
    fc.assert(
      fc.property(
        picture,
        picture,
        fc.constantFrom<BufferEncoding>('base64', 'base64url', 'hex'),
        fc.constantFrom(utf8, wide, bigEndian),
        (before, behind, encoding, written) => {
          const secret = written(` ${openAiKey} `);
          const file = Buffer.concat([before, secret, behind]);
          // As base64 that has the format of a key of Azure.
          fc.pre(file.byteLength !== 64);
          const encoded = file.toString(encoding);
          const after = left(encoded, encoding);

          const masked = written(` ${'*'.repeat(openAiKey.length)} `);
          expect(after.toString('hex')).toBe(
            Buffer.concat([before, masked, behind]).toString('hex'),
          );
          const padding = /=*$/.exec(encoded)![0];
          expect(redact(encoded)).toMatch(new RegExp(`[^=]${padding}$`));
          expect(redact(redact(encoded))).toBe(redact(encoded));
        },
      ),
    );
  });

  test('keeps the characters of its encoding around the secret', () => {
    const encoded = Buffer.concat([bytes(0, 0xfb, 0xff), utf8(gitHubToken), bytes(0, 0xff, 0xbf)]);
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = encoded.toString(encoding);
      expect(redact(text).slice(0, 4)).toBe(text.slice(0, 4));
      expect(redact(text).slice(-2)).toBe(text.slice(-2));
    }
  });

  test('has each finding counted, and only those', () => {
    const file = Buffer.concat([
      bytes(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1),
      utf8(`Author: ${emailAddress}, ${openAiKey}`),
      bytes(0, 0, 1),
      wide(`write to ${emailAddress}`),
      bytes(0, 0),
    ]).toString('base64');
    const fresh = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
    const after = Buffer.from(fresh.redact(file), 'base64');

    expect(holds(after, emailAddress)).toBe(false);
    expect(after.includes(utf8(`Author: ${'*'.repeat(emailAddress.length)}, `))).toBe(true);
    expect(after.byteLength).toBe(Buffer.from(file, 'base64').byteLength);
    expect(fresh.report().redacted).toEqual({ email_address: 2, openai_api_key: 1 });
  });

  test('stays as it is where it holds no secret, with words in it or not', () => {
    fc.assert(
      fc.property(picture, fc.string({ maxLength: 60 }), picture, (before, words, behind) => {
        const clean = words.replaceAll(/[^a-z ]/g, 'x');
        const encoded = Buffer.concat([before, utf8(clean), behind]).toString('base64');
        expect(redact(encoded)).toBe(encoded);
      }),
    );
  });
});

test('a secret goes wherever a stretch of text begins and ends', () => {
  for (let before = 0; before < 7; before++)
    for (let behind = 0; behind < 7; behind++) {
      const file = Buffer.concat([
        Buffer.alloc(before, 3),
        utf8(gitHubToken),
        Buffer.alloc(behind, 0),
      ]);
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        expect(holds(left(file.toString(encoding), encoding), gitHubToken)).toBe(false);
    }
});

test('a text of any length is read to its end, as long as there is time', () => {
  const file = utf8(`${prose.repeat(63_000)}${openAiKey} ${prose}`);
  const policy = { version: 1, valueBudgetMillis: 1 } as const;
  const patient = createRedactor(policy, { clock: { ...systemClock, monotonicMillis: () => 0 } });

  // Compared here: the texts are long.
  const encoded = file.toString('base64');
  expect(encoded.length).toBeGreaterThan(4_400_000);
  expect(patient.redact(encoded) === '[REDACTED:openai_api_key]').toBe(true);
  const picture = Buffer.concat([bytes(0, 1, 2), file]).toString('base64');
  const after = Buffer.from(patient.redact(picture), 'base64');
  expect(after.byteLength === file.byteLength + 3).toBe(true);
  expect(after.includes(utf8(openAiKey))).toBe(false);

  // What was not read does not leave.
  let now = 0;
  const hasty = createRedactor(policy, { clock: { ...systemClock, monotonicMillis: () => now++ } });
  expect(hasty.redact(picture) === '[REDACTED:error]').toBe(true);
  expect(hasty.report().failed).toBe(1);
});

describe('base64 in lines', () => {
  const text = utf8(`${prose}The key is ${openAiKey}, and ${prose}${prose}`);
  const picture = Buffer.concat([bytes(0x89, 0x50, 0, 1), text, bytes(0, 0, 0xff)]);
  const lines = (file: Buffer, length: number, separator: string): string =>
    file.toString('base64').replaceAll(new RegExp(`.{${length}}(?=.)`, 'g'), `$&${separator}`);

  test.each([60, 64, 76])('of %d characters is read as one run', (length) => {
    for (const separator of ['\n', '\r\n', '\\n', '\\r\\n', '\\\\n']) {
      const around = (encoded: string): string => `Content:${separator}${encoded}${separator}--`;
      expect(redact(around(lines(text, length, separator)))).toBe(
        around('[REDACTED:openai_api_key]'),
      );
      const before = around(lines(picture, length, separator));
      const after = redact(before);
      const unbroken = after.replaceAll(separator, '').slice('Content:'.length, -'--'.length);
      const expected = picture.toString('latin1').replace(openAiKey, '*'.repeat(openAiKey.length));
      expect(Buffer.from(unbroken, 'base64').toString('latin1')).toBe(expected);
      expect(after).toBe(around(lines(Buffer.from(expected, 'latin1'), length, separator)));
    }
  });

  test('stays as it is where it holds no secret, and so do lines that only look like it', () => {
    const clean = utf8(prose.repeat(9));
    const hashes = Array.from({ length: 9 }, (_, index) => body(64, BASE64, index + 1)).join('\n');
    for (const before of [lines(clean, 76, '\n'), hashes]) expect(redact(before)).toBe(before);
  });

  test('is read in strings of JSON', () => {
    const json = JSON.stringify({ file: lines(text, 76, '\r\n'), other: 'a\nb' });
    expect(JSON.parse(redact(json))).toEqual({
      file: '[REDACTED:openai_api_key]',
      other: 'a\nb',
    });
  });
});

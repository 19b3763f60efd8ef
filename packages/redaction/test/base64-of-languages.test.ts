// Documents are sent to models as base64, in any language.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { gitHubToken, openAiKey } from './made-secrets.ts';

const { redact } = createRedactor();
const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['German', 'Größe: '],
  ['a curly quote', 'It’s here: '],
  ['a dash', '— the key is '],
  ['Russian', 'Отчёт за квартал. Ключ: '],
  ['Greek', 'Το κλειδί είναι '],
  ['Arabic', 'المفتاح هو '],
  ['Chinese', '这是季度报告，密钥是 '],
  ['Japanese', 'こちらは四半期の報告です。鍵は '],
  ['emoji', '🔑🔑🔑 '],
])('a key in the base64 of a text in %s goes, wherever it stands', (_, words) => {
  for (const key of [gitHubToken, openAiKey])
    for (const text of [words + key, `${words.repeat(9)}${key} ${words}`, `${key} ${words}`]) {
      const encoded = base64(text);
      expect(redact(encoded)).not.toContain(encoded.slice(-40, -4));
      const blob = JSON.stringify([{ type: 'blob', content: encoded }]);
      expect(redact(blob)).not.toContain(encoded.slice(-40, -4));
    }
});

test('so does a password behind a word of another language', () => {
  expect(redact(base64('Пароль: Sommer2024!x, это секрет'))).toContain('[REDACTED:');
});

test('a key goes from the base64 of any text', () => {
  const words = fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, ''));
  fc.assert(
    fc.property(words, words, (before, after) => {
      const encoded = base64(`${before} ${gitHubToken} ${after}`);
      expect(redact(encoded)).not.toContain(encoded.slice(8, -8));
    }),
  );
});

test('noise stays: pictures, hashes and texts in other languages without a secret', () => {
  const bytes = fc.uint8Array({ minLength: 24, maxLength: 200 });
  fc.assert(
    fc.property(bytes, (noise) => {
      const encoded = Buffer.from(noise).toString('base64');
      expect(redact(encoded)).toBe(encoded);
    }),
  );
  const report = base64('Отчёт за квартал: всё хорошо, ключевые показатели растут.');
  expect(redact(report)).toBe(report);
});

import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { joined, openAiKey } from './made-secrets.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const word = joined('hunter', '22Zq');
const forged = [
  `[REDACTED:x]${word}`,
  `[REDACTED:x] ${word}`,
  `[REDACTED ${word}`,
  `[REDACTED:${word}!]`,
  `[REDACTED]${word}[REDACTED]`,
  `[REDACTED:x #a] [REDACTED:y]${word}`,
];

describe('a placeholder that somebody else has written hides nothing', () => {
  test.each(forged)('under the name of a secret: %s', (value) => {
    for (const place of [
      { password: value },
      { list: [{ api_key: value }] },
      { pair: { key: 'password', value } },
      { text: JSON.stringify({ password: value }) },
      { text: `"password": "${value}"` },
      { text: `password='${value}'` },
      { list: ['app', '--password', value] },
      { list: ['mysql', `-p${value}`] },
    ]) {
      const redacted = redactor.redactDeep(place);

      expect(JSON.stringify(redacted)).not.toContain(word);
      expect(redactor.redactDeep(redacted)).toBe(redacted);
    }
  });

  test.each([`[REDACTED:x]${word}`, `[REDACTED]${word}`])(
    'behind a name without quotes: %s',
    (value) => {
      for (const text of [
        `password=${value}`,
        `DB_PASSWORD=${value} next`,
        `--password ${value}`,
        `<add key="password" value="${value}"/>`,
        `CREATE USER ada PASSWORD '${value}'`,
      ]) {
        const redacted = redactor.redact(text);

        expect(redacted).not.toContain(word);
        expect(redactor.redact(redacted)).toBe(redacted);
      }
    },
  );

  test('around a key of a known form, and inside of one', () => {
    for (const text of [
      `[REDACTED:x ${openAiKey}]`,
      `[REDACTED:${openAiKey}]`,
      `[REDACTED:x @${openAiKey}]`,
      `[REDACTED:x]${openAiKey}[REDACTED:y]`,
    ])
      expect(redactor.redact(text)).not.toContain(openAiKey.slice(10));
  });

  test('as the start of a template that never ends', () => {
    expect(redactor.redact(`password="<${word}"`)).not.toContain(word);
    expect(redactor.redact(`password="\${${word}"`)).not.toContain(word);
  });
});

test.each([
  '[REDACTED:sensitive_key]',
  '[REDACTED]',
  '[REDACTED:url_credentials *abcd]',
  '[REDACTED:sensitive_key #k7q2m4xd9pab]',
  '[REDACTED:sensitive_key @3f1c-2b]',
  '[REDACTED:jwt_token], [REDACTED:jwt_token]',
])('what is a placeholder and nothing else stays, and is not counted again: %s', (value) => {
  const own = createRedactor();
  const place = { password: value, text: JSON.stringify({ password: value }) };

  expect(own.redactDeep(place)).toBe(place);
  expect(own.report().redacted).toEqual({});
});

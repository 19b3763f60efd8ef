import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import { anthropicKey, awsKeyId, gitHubToken, openAiKey } from './made-secrets.ts';

const { redact } = createRedactor({ version: 1, presets: ['secrets', 'pii'] });

const everyCharacter = (write: (code: number) => string) => (text: string) =>
  text
    .split('')
    .map((character) => write(character.charCodeAt(0)))
    .join('');
const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a secret is found when it is written', () => {
  const disguises: readonly (readonly [string, (secret: string) => string])[] = [
    [
      'with its hyphens percent-encoded',
      (secret) => secret.replaceAll('-', '%2D').replaceAll('_', '%5f'),
    ],
    ['with every character percent-encoded', everyCharacter((code) => `%${hex(code, 2)}`)],
    ['with every character as \\u', everyCharacter((code) => `\\u${hex(code, 4)}`)],
    ['with every character as \\x', everyCharacter((code) => `\\x${hex(code, 2)}`)],
    ['in full width', everyCharacter((code) => String.fromCharCode(code + 0xfee0))],
    ['with spaces of no width', (secret) => secret.split('').join('\u200b')],
    ['with a soft hyphen', (secret) => `${secret.slice(0, 9)}\u00ad${secret.slice(9)}`],
    ['with a byte order mark', (secret) => `${secret.slice(0, 3)}\ufeff${secret.slice(3)}`],
    ['in base64', base64],
    ['in base64 for URLs', (secret) => Buffer.from(`key ${secret}`).toString('base64url')],
    ['in base64 twice', (secret) => base64(base64(`the key is ${secret}`))],
    ['in hex', (secret) => Buffer.from(secret).toString('hex')],
    ['in base64 of JSON', (secret) => base64(JSON.stringify({ note: secret, n: 1 }))],
  ];
  const secrets = [
    ['an OpenAI key', openAiKey],
    ['an Anthropic key', anthropicKey],
    ['a GitHub token', gitHubToken],
    ['an id of an access key', awsKeyId],
  ] as const;
  const places: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => `before ${text} after`,
    (text) => JSON.stringify({ note: text }),
    (text) => JSON.stringify({ body: JSON.stringify({ note: `see ${text}` }) }),
  ];

  describe.each(disguises)('%s:', (_, disguise) => {
    test.each(secrets)('%s', (_name, secret) => {
      const hidden = disguise(secret);
      for (const place of places) {
        const redacted = redact(place(hidden));

        expect(redacted).not.toContain(hidden.slice(8));
        expect(redacted).toContain('[REDACTED:');
      }
    });
  });
});

test.each([
  ['full-width digits', '４１１１ １１１１ １１１１ １１１１'],
  ['Arabic digits', '٤١١١١١١١١١١١١١١١'],
  ['spaces that do not break', '4111\u00a01111\u00a01111\u00a01111'],
  ['hyphens that do not break', '4111\u20111111\u20111111\u20111111'],
])('a card number in %s goes', (_, card) => {
  expect(redact(`card ${card}.`)).toBe('card [REDACTED:credit_card].');
});

test.each([
  'https://example.com/a%2Fb%2Fc?next=https%3A%2F%2Fexample.com%2Fhome',
  'C:\\u0041pp\\x41',
  `data:image/png;base64,${Buffer.from(Array.from({ length: 90 }, (_, i) => (i * 37) % 256)).toString('base64')}`,
  base64('a text of no interest that goes on for a while'),
  'Ｆｕｌｌ ｗｉｄｔｈ ｐｒｏｓｅ',
  'naïve café 東京 – em — dash',
])('what hides nothing stays: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test('what stands around a disguised secret keeps its own spelling', () => {
  const hidden = openAiKey.replaceAll('-', '%2D');

  expect(redact(`a%20b c%2Dd ${hidden} e\u200bf`)).toBe(
    'a%20b c%2Dd [REDACTED:openai_api_key] e\u200bf',
  );
});

test('for any text, a disguised key between spaces never comes through, and redacting twice is the same', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('\u200b', '\u200d', '\ufeff', '\u2060'),
      fc.integer({ min: 1, max: 30 }),
      (around, joint, place) => {
        const hidden = openAiKey.slice(0, place) + joint + openAiKey.slice(place);
        const once = redact(`${around} ${hidden} ${around}`);

        expect(once).not.toContain(hidden.slice(4, -4));
        expect(redact(once)).toBe(once);
      },
    ),
    { numRuns: 300 },
  );
});

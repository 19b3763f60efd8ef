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

/** Letters and digits of a fixed width, for mathematics. */
function monospace(code: number): string {
  if (code >= 48 && code <= 57) return String.fromCodePoint(0x1d7f6 + code - 48);
  if (code >= 65 && code <= 90) return String.fromCodePoint(0x1d670 + code - 65);
  return code >= 97 && code <= 122
    ? String.fromCodePoint(0x1d68a + code - 97)
    : String.fromCharCode(code);
}

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
    ['with every character as \\u{}', everyCharacter((code) => `\\u{${code.toString(16)}}`)],
    ['with every character as \\u{} and zeros', everyCharacter((code) => `\\u{${hex(code, 6)}}`)],
    ['with every character as \\U', everyCharacter((code) => `\\U${hex(code, 8)}`)],
    [
      'with every character in octal',
      everyCharacter((code) => `\\${code.toString(8).padStart(3, '0')}`),
    ],
    ['with every character as %u', everyCharacter((code) => `%u${hex(code, 4)}`)],
    ['with references of HTML', everyCharacter((code) => `&#${code};`)],
    ['with references of HTML in hex', everyCharacter((code) => `&#x${code.toString(16)};`)],
    [
      'with references of HTML without an end',
      (secret) => secret.replaceAll('-', '&#045').replaceAll('_', '&#x5F'),
    ],
    [
      'with references of HTML by name',
      (secret) =>
        secret.replaceAll('-', '&hyphen;').replaceAll('_', '&lowbar;').replace(/\w$/, '&shy;$&'),
    ],
    ['with escapes of Markdown', (secret) => secret.replaceAll(/[-_]/g, String.raw`\$&`)],
    ['percent-encoded twice', everyCharacter((code) => `%25${hex(code, 2)}`)],
    ['percent-encoded three times', everyCharacter((code) => `%2525${hex(code, 2)}`)],
    ['with references of HTML twice', everyCharacter((code) => `&amp;#${code};`)],
    ['with percent escapes of references of HTML', everyCharacter((code) => `%26%23${code}%3B`)],
    ['with references of percent escapes', everyCharacter((code) => `&#37;${hex(code, 2)}`)],
    ['with doubled backslashes', everyCharacter((code) => `\\\\\\\\u${hex(code, 4)}`)],
    [
      'in full width, percent-encoded',
      everyCharacter((code) => encodeURIComponent(String.fromCharCode(code + 0xfee0))),
    ],
    ['in full width, as \\u', everyCharacter((code) => `\\u${hex(code + 0xfee0, 4)}`)],
    ['with percent-encoded spaces of no width', (secret) => secret.split('').join('%E2%80%8B')],
    ['with spaces of no width as \\u', (secret) => secret.split('').join('\\u200b')],
    ['with spaces of no width as references', (secret) => secret.split('').join('&#8203;')],
    ['in letters of mathematics', everyCharacter(monospace)],
    ['with tags', (secret) => secret.split('').join('\u{e0041}')],
    ['with selectors of variants', (secret) => secret.split('').join('\ufe0f')],
    ['with selectors of variants beyond', (secret) => secret.split('').join('\u{e0100}')],
    ['with marks on its letters', (secret) => secret.split('').join('\u0301')],
    ['with zero characters', (secret) => secret.split('').join('\0')],
    ['in small hyphens', (secret) => secret.replaceAll('-', '\ufe63').replaceAll('_', '\uff3f')],
    ['in base64 three times', (secret) => base64(base64(base64(`see ${secret} there`)))],
    ['in base64 of hex', (secret) => base64(Buffer.from(secret).toString('hex'))],
    [
      'in base64 of percent escapes',
      (secret) => base64(everyCharacter((code) => `%${hex(code, 2)}`)(secret)),
    ],
    ['in percent-encoded base64', (secret) => encodeURIComponent(base64(`${secret} + ~~ ??>`))],
    [
      'in base64 behind a hundred others',
      (secret) => `${`${base64('a text of no interest, at all')} `.repeat(100)}${base64(secret)}`,
    ],
    [
      'in base64, far behind its start',
      (secret) => base64(`${'a text of no interest. '.repeat(4000)}${secret}`),
    ],
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
  'a &amp; b &lt;i&gt;c&lt;/i&gt; R&D &#8211; &copy; 2026 &#169;',
  String.raw`C:\1055\temp \_emphasis\_ \u{1f600} \ud83d\ude00 a\-b`,
  '❤️ 👩‍👩‍👧 1️⃣ 🏴\u{e0067}\u{e0062}\u{e007f} e\u0301',
  '100%25 of %E4%BD%A0 and %u4f60',
])('what hides nothing stays: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test('what stands around a disguised secret keeps its own spelling', () => {
  const hidden = openAiKey.replaceAll('-', '%2D');

  expect(redact(`a%20b c%2Dd ${hidden} e\u200bf`)).toBe(
    'a%20b c%2Dd [REDACTED:openai_api_key] e\u200bf',
  );
});

/** Every character that is not seen: there are some four thousand, most of them for tags and variants. */
const unseen = Array.from({ length: 0x11_0000 }, (_, code) => code).filter(
  (code) =>
    !(code >= 0xd800 && code < 0xe000) &&
    /\p{Default_Ignorable_Code_Point}/u.test(String.fromCodePoint(code)),
);

test('none of the characters that are not seen hides a token', () => {
  expect(unseen.length).toBeGreaterThan(4000);
  for (const code of unseen) {
    const character = String.fromCodePoint(code);
    const hidden = openAiKey.slice(0, 12) + character + openAiKey.slice(12);

    expect([code, redact(`a ${hidden} b`)]).toEqual([code, 'a [REDACTED:openai_api_key] b']);
  }
});

test('a disguised secret is found at any place of a long text', () => {
  const patient = createRedactor({ version: 1, valueBudgetMillis: 10_000 });
  const hidden = openAiKey.replaceAll('-', '%2D');
  for (const before of [1_048_500, 1_048_576 - 20, 1_040_000, 2_100_000]) {
    const text = `${'. '.repeat(before / 2)}${hidden} b`;

    expect(patient.redact(text)).toMatch(/\. \[REDACTED:openai_api_key\] b$/);
  }
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

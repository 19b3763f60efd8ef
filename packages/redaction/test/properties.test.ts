import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../src/index.ts';
import {
  anthropicKey,
  awsKeyId,
  awsSecret,
  cardNumber,
  emailAddress,
  gitHubToken,
  joined,
  jsonWebToken,
  openAiKey,
} from './made-secrets.ts';

const presets = ['strict'] as const;
const masking = createRedactor({ version: 1, presets });
const partial = createRedactor({ version: 1, presets, actions: { default: 'partial' } });
const pathed = createRedactor({ version: 1, presets, keys: { block: ['customer.*', 'note'] } });

const secret = fc.constantFrom(
  openAiKey,
  anthropicKey,
  awsKeyId,
  awsSecret,
  gitHubToken,
  jsonWebToken,
  cardNumber,
  emailAddress,
  joined('pass', 'word=', 'hunter2'),
  joined('"api', '_key": "', 'abc def"'),
  'password="',
  "token: '",
  '://a:b@c/',
  '-----BEGIN PRIVATE KEY-----\n',
  'Bearer ',
  'Cookie: a=b',
  '+49 170 1234567',
  '10.0.0.1',
);
const glue = fc.constantFrom(
  ' ',
  '',
  '\n',
  '"',
  "'",
  '\\',
  '\\n',
  '\\"',
  '\\\\',
  ',',
  ':',
  '=',
  '@',
  '.',
  '-',
  '/',
  '{',
  '}',
  '[',
  ']',
  'é',
  '…',
  '\ud83d',
  '%22',
  '\\u0022',
);
const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: secret },
      { weight: 3, arbitrary: glue },
      fc.string({ maxLength: 12 }),
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(''));
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.constant(4_111_111_111_111_111),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom('password', 'token', 'customer', 'note', 'max_tokens', 'a'), text),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;
const runs = { numRuns: 600 };

describe('for any text', () => {
  test.each([
    ['masking', masking],
    ['showing the last four', partial],
  ])('%s twice is the same as once', (_, redactor) => {
    fc.assert(
      fc.property(text, (value) => {
        const once = redactor.redact(value);

        expect(redactor.redact(once)).toBe(once);
      }),
      runs,
    );
  });

  test('a key between characters that are no letters or digits never comes through', () => {
    const keys = [openAiKey, anthropicKey, gitHubToken, jsonWebToken];
    const quiet = fc.stringMatching(/^[^0-9A-Za-z]{1,8}$/);

    fc.assert(
      fc.property(
        text,
        quiet,
        fc.constantFrom(...keys),
        quiet,
        text,
        (before, left, key, right, after) => {
          // Glued to other letters it is no key of that kind any more.
          const [start, end] = [before, after].map((part) => part.replaceAll(key, ''));

          expect(masking.redact(start + left + key + right + end)).not.toContain(key);
        },
      ),
      runs,
    );
  });
});

describe('for any JSON', () => {
  test('what is redacted is JSON of the same shape, and redacting it again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(json), fc.constantFrom(undefined, 2), (value, indent) => {
        const input = JSON.stringify(value, undefined, indent);
        for (const redactor of [masking, partial, pathed]) {
          const output = redactor.redact(input);
          const parsed: unknown = input === output ? value : JSON.parse(output);

          expect(parsed).toHaveLength(value.length);
          expect(redactor.redact(output)).toBe(output);
        }
      }),
      runs,
    );
  });

  test('JSON inside JSON inside a text stays readable', () => {
    fc.assert(
      fc.property(json, (value) => {
        const inner = JSON.stringify({ inner: JSON.stringify({ value }) });
        const outer = JSON.parse(masking.redact(inner)) as { inner: string };

        expect(() => JSON.parse(outer.inner) as unknown).not.toThrow();
      }),
      runs,
    );
  });

  test('a value and its JSON text lose the same keys', () => {
    const value = {
      password: 'x',
      deep: { token: 't', list: [{ apiKey: 1 }] },
      customer: { a: 1 },
    };

    const direct = pathed.redactDeep(value);
    const throughText: unknown = JSON.parse(pathed.redact(JSON.stringify(value)));

    expect(throughText).toEqual(direct);
  });

  test('a number with more digits than a double holds keeps them', () => {
    const id = '12345678901234567890';

    expect(masking.redact(`{"id":${id},"password":"x"}`)).toBe(
      `{"id":${id},"password":"[REDACTED:sensitive_key]"}`,
    );
  });
});

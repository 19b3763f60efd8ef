import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openAiKey } from '../../../test/made-secrets.ts';
import { createRedactor } from '../../redactor.ts';
import { parseJson } from './parse-json.ts';
import { redactJson } from './redact-json.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets'] });
const redacted = (text: string): string => redactJson(parseJson(text)!, redactor, () => undefined);

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const number = fc.constantFrom('0', '-0', '1.50', '1e400', '9007199254740993', '-1E-7', '12');
const word = fc.stringMatching(/^[xyz]{1,4}$/).map((text) => JSON.stringify(text));
const escaped = fc.constantFrom(String.raw`"\u00e9\/"`, String.raw`"\n\\"`, '"\u{1f600}"');
const secret = fc.constant(JSON.stringify(`see ${openAiKey}`));
const { value } = fc.letrec<{ value: string; list: string; map: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(number, word, escaped, secret, fc.constantFrom('true', 'false', 'null')),
    tie('list'),
    tie('map'),
  ),
  list: fc
    .array(fc.tuple(space, tie('value'), space), { maxLength: 4 })
    .map((items) => `[${items.map((item) => item.join('')).join(',')}]`),
  map: fc
    .array(fc.tuple(space, word, space, fc.constant(':'), space, tie('value'), space), {
      maxLength: 4,
    })
    .map((members) => `{${members.map((member) => member.join('')).join(',')}}`),
}));

test('every text of JSON keeps all its characters but those of the secrets', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(space, value), { minLength: 1, maxLength: 3 }), (items) => {
      const text = `[${items.map((item) => item.join('')).join(',')}]`;

      expect(redacted(text)).toBe(text.replaceAll(openAiKey, '[REDACTED:openai_api_key]'));
    }),
    { numRuns: 300 },
  );
});

describe('what is read is what JSON.parse reads', () => {
  test('of any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (any) => {
        const text = JSON.stringify([any], undefined, 1);
        expect(parseJson(text)?.root[0]).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '[1,]',
    '[01]',
    '[1.]',
    '[+1]',
    '[nul]',
    '{"a":1} x',
    String.raw`["\x41"]`,
    '["a',
    "{'a':1}",
    '12',
    '"a"',
    `${'['.repeat(2000)}${']'.repeat(2000)}`,
  ])('%j is none', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });
});

test('a name that leaves twice is taken out of its map alone', () => {
  const other = openAiKey.replace(/.$/, 'Z');

  expect(redacted(`{"x":{"${openAiKey}":1.0,"${other}":2.0,"a":3.0}}`)).toBe(
    '{"x":{"[REDACTED:openai_api_key]":1.0,"[REDACTED:openai_api_key] 2":2.0,"a":3.0}}',
  );
});

test('names that become the same are told apart', () => {
  const pii = createRedactor({ version: 1, presets: ['pii'] });
  const text = '{"ada@corp.io":1.0, "bob@corp.io 2":2,"bob@corp.io":{"cy@corp.io":3}}';

  expect(redactJson(parseJson(text)!, pii, () => undefined)).toBe(
    '{"[REDACTED:email_address]":1.0, "[REDACTED:email_address] 2":2,' +
      '"[REDACTED:email_address] 3":{"[REDACTED:email_address]":3}}',
  );
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positives } from '../../test/corpus/corpus.ts';
import {
  awsKeyId,
  awsSecret,
  body,
  jsonWebToken,
  joined,
  openAiKey,
} from '../../test/made-secrets.ts';
import { UPPER_BASE36 } from '../engine/characters.ts';
import { createRedactor } from '../redactor.ts';
import { createStreamRedactor } from './stream-redactor.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const prose =
  'The quick agent looked at the order and wrote a short answer to the customer, who was glad. '.repeat(
    10,
  );

/** The text through a stream, in parts of these lengths, the last one again and again. */
function streamed(text: string, lengths: readonly number[], maxHeld = 32_768) {
  const stream = createStreamRedactor(redactor, { maxHeld });
  const out: string[] = [];
  let most = 0;
  for (let from = 0, index = 0; from < text.length; index++) {
    const length = lengths[Math.min(index, lengths.length - 1)]!;
    out.push(stream.write(text.slice(from, from + length)));
    from += length;
    most = Math.max(most, Math.min(from, text.length) - out.join('').length);
  }
  out.push(stream.end());
  return { text: out.join(''), parts: out, most };
}

describe('a text in parts', () => {
  const sample = positives().filter((_, index) => index % 19 === 0);
  const places: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => `${prose}${text}\n${prose}`,
    (text) => `${text} ${prose}${text}`,
  ];

  test.each(
    ['alone', 'in the middle', 'at both ends'].map(
      (name, index) => [name, places[index]!] as const,
    ),
  )('gives what the whole gives, with every kind of secret %s', (_, place) => {
    for (const { text } of sample) {
      const whole = redactor.redact(place(text));
      expect(streamed(place(text), [7]).text).toBe(whole);
    }
  });

  test('gives the same for any split', () => {
    const text = fc.constantFrom(...sample.map((positive) => positive.text));
    const split = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(text, text, split, (first, second, lengths) => {
        const all = `${first}\n${prose}${second} ${prose}`;

        expect(streamed(all, lengths).text).toBe(streamed(all, [all.length]).text);
      }),
      { numRuns: 150 },
    );
  });

  test('leaves by and by, and holds back some 600 characters of prose', () => {
    const { parts, most } = streamed(prose.repeat(3), [10]);

    expect(parts.filter((part) => part !== '').length).toBeGreaterThan(20);
    expect(most).toBeLessThan(800);
  });
});

test('JSON inside a text is read as the whole is, wherever it stands', () => {
  const json = JSON.stringify({ AccessKeyId: awsKeyId, SecretAccessKey: awsSecret });

  for (const text of [`${json} ${prose}`, `${prose}${json} ${prose}`, `${prose}${prose}${json}`])
    expect(streamed(text, [9]).text).toBe(redactor.redact(text));
});

describe('what is found because of something far behind it', () => {
  test.each([
    [
      'a number whose label is seen once a token behind it has gone',
      `social insurance number=469 633 390 curl -s -u ${joined('dt0', 'c01.')}${body(24, UPPER_BASE36)}.${body(64, UPPER_BASE36)}: https://api.vendor.test | jq .`,
    ],
    [
      'a value behind a placeholder that an end of an element makes a name',
      `value=api_key: <YOUR_API_KEY>\nstatus=ok${prose}</key>`,
    ],
  ])('%s', (_, found) => {
    const text = `${prose}${found}${prose}`;
    const whole = createRedactor({ version: 1, presets: ['strict'] }).redact(text);
    const stream = createStreamRedactor(createRedactor({ version: 1, presets: ['strict'] }));
    const parts = text.match(/[^]{1,7}/g) ?? [];

    expect(whole).not.toBe(text);
    expect(parts.map((part) => stream.write(part)).join('') + stream.end()).toBe(whole);
  });
});

describe('what takes long to end', () => {
  test('a private key is held until its end', () => {
    const lines = Array.from({ length: 25 }, (_, index) => body(64, undefined, index + 1));
    const key = [
      joined('-----BEGIN ', 'PRIVATE KEY-----'),
      ...lines,
      joined('-----END ', 'PRIVATE KEY-----'),
    ];
    const text = `${prose}${key.join('\n')}\n${prose}`;

    const { text: out } = streamed(text, [13]);

    expect(out).toBe(`${prose}[REDACTED:private_key]\n${prose}`);
  });

  test('a quoted password is held until its quote closes', () => {
    const text = `${prose} password: "${'four words in here '.repeat(60)}" ${prose}`;

    expect(streamed(text, [11]).text).toBe(redactor.redact(text));
  });

  test('a JSON document is held until it ends, and then redacted by its keys', () => {
    const text = JSON.stringify(
      { pin: 1, note: prose, password: 12345, list: [openAiKey, '}"'] },
      undefined,
      2,
    );

    const { parts, text: out } = streamed(text, [50]);

    expect(JSON.parse(out)).toEqual({
      pin: 1,
      note: prose,
      password: '[REDACTED:sensitive_key]',
      list: ['[REDACTED:openai_api_key]', '}"'],
    });
    expect(parts.slice(0, -1).join('')).toBe('');
  });

  test('what only starts as one is text', () => {
    const text = `[note] ${prose}${openAiKey} ${prose}`;

    expect(streamed(text, [20]).text).toBe(redactor.redact(text));
    expect(streamed(`{}{"a":"${openAiKey}"}`, [3]).text).toBe(
      redactor.redact(`{}{"a":"${openAiKey}"}`),
    );
  });

  test('a run that is longer than what may be held goes to its end', () => {
    const long = `${jsonWebToken}${'x1Y'.repeat(5000)}`;
    const { text, most } = streamed(`token ${long} and ${prose}`, [100], 4096);

    expect(text).not.toContain('x1Yx1Y');
    expect(text.slice(-prose.length - 5)).toBe(` and ${prose}`.slice(-prose.length - 5));
    expect(most).toBeLessThan(20_000);
    expect(streamed(`token ${long} and ${prose}`, [1], 4096).text).toBe(text);
  });

  test('a long run with nothing in it passes, and no more than the bound is held', () => {
    const long = 'ab'.repeat(20_000);
    const { text, most } = streamed(long, [100], 4096);

    expect(text).toBe(long);
    expect(most).toBeLessThan(4200);
  });
});

describe('base64 of files', () => {
  const file = (before: number): Buffer =>
    Buffer.concat([
      Buffer.alloc(before, '\x00\xff\x01'),
      Buffer.from(` ${openAiKey} `),
      Buffer.alloc(3000, '\x00\x01'),
    ]);
  const inLines = (encoded: string): string => encoded.replaceAll(/.{76}(?=.)/g, '$&\n');

  test('in lines are redacted as the whole is', () => {
    for (const before of [0, 41, 900, 2222]) {
      const text = `${prose}\n${inLines(file(before).toString('base64'))}\n${prose}`;
      const whole = redactor.redact(text);
      expect(whole).not.toBe(text);
      for (const lengths of [[7], [77], [500, 3]]) expect(streamed(text, lengths).text).toBe(whole);
    }
  });

  test('that are longer than what may be held are too, in one line or in many', () => {
    for (const before of [5000, 5001, 5402, 9003, 12_288])
      for (const write of [String, inLines]) {
        const text = `see ${write(file(before).toString('base64'))} there`;
        const whole = redactor.redact(text);
        expect(whole).not.toBe(text);
        expect(streamed(text, [64], 4096).text).toBe(whole);
      }
  });
});

test.each([
  ['one run', 'abcd'],
  ['lines of an open key', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n'],
  ['a label without spaces', '密码：'],
])('%s is read again no more often the longer it gets', (_, part) => {
  const explained = (length: number): number => {
    let characters = 0;
    const explain = (text: string) => {
      characters += text.length;
      return redactor.explain(text);
    };
    const stream = createStreamRedactor({ ...redactor, enabled: true, explain });
    stream.write(joined('-----BEGIN ', 'PRIVATE KEY-----\n'));
    for (let sent = 0; sent < length; sent += part.length) stream.write(part);
    stream.end();
    return characters;
  };

  expect(explained(32_000)).toBeLessThan(explained(8000) * 5 + 400_000);
});

test('the end makes it ready for the next text', () => {
  const stream = createStreamRedactor(redactor);
  expect(stream.write(`a ${openAiKey.slice(0, 20)}`)).toBe('');
  expect(stream.write(openAiKey.slice(20))).toBe('');
  expect(stream.end()).toBe('a [REDACTED:openai_api_key]');
  expect(stream.write('{"password":') + stream.write('1}') + stream.end()).toBe(
    '{"password":"[REDACTED:sensitive_key]"}',
  );
  expect(stream.end()).toBe('');
});

test('a redactor that is switched off hands every part on, and first what was held', () => {
  const own = createRedactor();
  const stream = createStreamRedactor(own);
  expect(stream.write('a ')).toBe('');
  own.update({ version: 1, enabled: false });

  expect([stream.write(openAiKey), stream.write('x')]).toEqual([`a ${openAiKey}`, 'x']);
});

test('a bound that could not hold a key is refused', () => {
  expect(() => createStreamRedactor(redactor, { maxHeld: 100 })).toThrow(
    'createStreamRedactor.maxHeld is 100: use a whole number of at least 4096',
  );
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emailAddress, openAiKey } from '../test/made-secrets.ts';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor({ version: 1, presets: ['pii', 'secrets'] });
const MAIL = '[REDACTED:email_address]';
const byMail = {
  'ada@corp.io': 3,
  'bob@corp.io': 5,
  [MAIL]: 'kept',
  'cy@corp.io': 7,
  total: 15,
};
const told = {
  [MAIL]: 'kept',
  total: 15,
  [`${MAIL} 2`]: 3,
  [`${MAIL} 3`]: 5,
  [`${MAIL} 4`]: 7,
};

describe('names that become the same are told apart, and no entry is lost', () => {
  test('of a map, and of one inside of it', () => {
    expect(redactor.redactDeep(byMail)).toEqual(told);
    expect(redactor.redactDeep({ counts: [byMail] })).toEqual({ counts: [told] });
  });

  test('of attributes, as signals hold them', () => {
    expect(redactor.forSignal('traces').redactDeep(byMail)).toEqual(told);
  });

  test('of JSON in a text, in which every other character stays', () => {
    const left = redactor.redact(JSON.stringify({ n: [byMail] }, undefined, 1));

    expect(JSON.parse(left)).toEqual({ n: [told] });
    expect(redactor.redact('{"ada@corp.io" : 1.0,"a":"x","bob@corp.io":2e3}')).toBe(
      `{"${MAIL}" : 1.0,"a":"x","${MAIL} 2":2e3}`,
    );
  });

  test('of JSON inside of JSON', () => {
    const left = redactor.redact(JSON.stringify({ text: JSON.stringify(byMail) }));

    expect(JSON.parse((JSON.parse(left) as { text: string }).text)).toEqual(told);
  });

  test('of a map with a member that throws', () => {
    const map = Object.defineProperty({ ...byMail }, 'broken', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });

    expect(redactor.redactDeep(map)).toEqual({ ...told, broken: '[REDACTED:error]' });
  });

  test('of a Map and of Headers', () => {
    expect(redactor.redactDeep(new Map(Object.entries(byMail)))).toEqual(told);
  });

  test('where the action leaves nothing of a name', () => {
    const removing = createRedactor({
      version: 1,
      presets: ['pii'],
      actions: { default: 'remove' },
    });

    expect(removing.redactDeep({ 'ada@corp.io': 3, 'bob@corp.io': 5 })).toEqual({
      '[REDACTED]': 3,
      '[REDACTED] 2': 5,
    });
    expect(removing.redact('{"ada@corp.io":3,"bob@corp.io":5}')).toBe(
      '{"[REDACTED]":3,"[REDACTED] 2":5}',
    );
  });
});

test('many such names take no more than linear time', () => {
  const many = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, i) => [`user${i}@corp.io`, i] as const),
  );

  const left = redactor.redactDeep(many) as Record<string, number>;

  expect(Object.keys(left)).toHaveLength(5_000);
  expect(left[`${MAIL} 5000`]).toBe(4_999);
});

const part = fc.constantFrom(
  'ada@corp.io',
  'bob@corp.io',
  '+49 170 1922144',
  '+49 151 6834927',
  emailAddress,
  openAiKey,
  MAIL,
  `${MAIL} 2`,
  '[REDACTED:openai_api_key]',
  '__proto__',
  'total',
  'user ',
  ' 2',
  '"',
  '',
);
const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
const maps = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.dictionary(name, tie('value'), { maxKeys: 8, noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value;

/** How many entries each map has, in order of size: renamed ones stand behind the others. */
function sizes(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value);
  return [inside.length, ...inside.flatMap(sizes)].toSorted((a, b) => a - b);
}

test('random maps have as many entries out as in, as values and as JSON, and redacting again changes nothing', () => {
  fc.assert(
    fc.property(maps, (value) => {
      const left = redactor.redactDeep(value);
      expect(sizes(left)).toEqual(sizes(value));
      expect(redactor.redactDeep(left)).toEqual(left);

      const text = JSON.stringify(value);
      const redacted = redactor.redact(text);
      expect(sizes(JSON.parse(redacted))).toEqual(sizes(value));
      expect(redactor.redact(redacted)).toBe(redacted);
    }),
    { numRuns: 300 },
  );
});

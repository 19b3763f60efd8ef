import { parseRedactionPolicy, type RedactionPolicy } from '@llm-otel/redaction/policy';
import { describe, expect, test } from 'vitest';
import { type Clause, ClauseList } from '../clause.ts';
import { compileRedaction } from './compile-redaction.ts';
import { completionKeys, promptKeys } from './content-keys.ts';
import { keyPattern, keyPatterns } from './key-patterns.ts';
import type { Processor } from './processor.ts';
import { re2Pattern } from './re2-pattern.ts';
import { valuePatterns } from './value-patterns.ts';

function compiled(policy: Omit<RedactionPolicy, 'version'>): {
  readonly ids: readonly string[];
  readonly settings: (id: string) => Processor['settings'];
  readonly clauses: readonly Clause[];
} {
  const clauses = new ClauseList();
  const processors = compileRedaction({ version: 1, ...policy }, clauses);
  return {
    ids: processors.map(({ id }) => id),
    settings: (id) => processors.find((one) => one.id === id)?.settings ?? {},
    clauses: clauses.all,
  };
}

test('content goes first, then what is found, then what is too long', () => {
  expect(compiled({ prompts: false, maxValueLength: 100 }).ids).toEqual([
    'transform/content',
    'transform/names_in',
    'redaction',
    'transform/names_out',
    'transform/length',
  ]);
});

test('redaction that is off takes nothing out', () => {
  expect(compiled({ enabled: false }).ids).toEqual([]);
});

test('every attribute may stay, and all types are looked at', () => {
  expect(compiled({}).settings('redaction')).toMatchObject({
    allow_all_keys: true,
    redact_all_types: true,
    summary: 'silent',
  });
});

test('the level changes nothing, and that is told', () => {
  expect(compiled({ level: 'certain' }).clauses).toContainEqual(
    expect.objectContaining({ at: 'redaction.level', fidelity: 'approximate' }),
  );
});

test('a member of a newer policy is refused, not forgotten', () => {
  const { clauses } = compiled({ newer: true } as Omit<RedactionPolicy, 'version'>);

  expect(clauses).toContainEqual({
    at: 'redaction.newer',
    fidelity: 'refused',
    note: 'it is left out',
    use: 'use it in the process only',
  });
});

test.each([
  [['secrets'], { email: false, ip: false }],
  [['pii'], { email: true, ip: false }],
  [['strict'], { email: true, ip: true }],
] as const)('%j looks for what it stands for', (presets, { email, ip }) => {
  const about = new Set(valuePatterns(presets).map((one) => one.about));

  expect(about.has('e-mail addresses')).toBe(email);
  expect(about.has('IPv4 addresses')).toBe(ip);
  expect(about.has('AWS access keys')).toBe(presets[0] !== 'pii');
});

test('patterns of the policy are looked for as well, and those that RE2 does not read are refused', () => {
  const policy = parseRedactionPolicy({
    version: 1,
    patterns: [
      { name: 'ticket', pattern: String.raw`TCK-\d{6}$`, ignoreCase: true },
      { name: 'control', pattern: String.raw`\cA\d` },
    ],
  });
  const { settings, clauses } = compiled(policy);

  expect(settings('redaction')['blocked_values']).toContain(String.raw`(?i)TCK-\d{6}$$`);
  expect(clauses.find(({ fidelity }) => fidelity === 'refused')?.at).toBe('redaction.patterns[1]');
});

test.each([
  [String.raw`a\u00e4\u{1F600}`, String.raw`a\x{00e4}\x{1F600}`],
  [String.raw`(?<year>\d{4})`, String.raw`(?P<year>\d{4})`],
  [String.raw`\p{Lu}+`, String.raw`\p{Lu}+`],
  [String.raw`\p{Script=Greek}`, undefined],
  ['[^]', undefined],
])('the pattern %s is %s in RE2', (source, expected) => {
  expect(re2Pattern(source)).toBe(expected);
});

describe('keys', () => {
  /** RE2's `(?i:…)` is new in JavaScript: here both cases are written out. */
  const matches = (name: string, key: string): boolean => {
    const [, insensitive = ''] = /\(\?i:(.*?)\)\|/.exec(keyPattern(name)) ?? [];
    const both = insensitive.replaceAll(
      /(?<!\\)[a-z](?![^[]*\])/g,
      (letter) => `[${letter}${letter.toUpperCase()}]`,
    );
    return new RegExp(keyPattern(name).replace(`(?i:${insensitive})`, `(?:${both})`)).test(key);
  };

  test.each([
    ['api_key', 'api_key', true],
    ['api_key', 'http.request.header.x-api-key', true],
    ['api_key', 'X-API-KEY', true],
    ['api_key', 'openAiApiKey', true],
    ['api_key', 'apikey2', true],
    ['api_key', 'api_key_id', false],
    ['api_key', 'myapikeyring', false],
    ['token', 'max_tokens', false],
    ['token', 'x.token', true],
    ['customer.*', 'customer.address.city', true],
    ['customer.*', 'customer', false],
    ['customer.*', 'app.customer.id', true],
    ['a.b(c', 'x.a.b(c', true],
  ])('%s fits %s: %s', (name, key, expected) => {
    expect(matches(name, key)).toBe(expected);
  });

  test('what is one word and several is one pattern', () => {
    expect(keyPatterns(['api key', 'apikey', 'api_key', 'apikeys'])).toHaveLength(2);
    expect(keyPatterns(['customer', 'customer.*'])).toHaveLength(2);
  });
});

test('content of prompts and completions is told apart', () => {
  expect(promptKeys.keys.filter((key) => completionKeys.keys.includes(key))).toEqual([]);
  const { settings, clauses } = compiled({ completions: false });
  const [spans, events] = settings('transform/content')['trace_statements'] as {
    readonly context: string;
    readonly statements: readonly string[];
  }[];
  const [statement = ''] = spans?.statements ?? [];

  // Together they would run for events only.
  expect([spans?.context, events?.context]).toEqual(['span', 'spanevent']);

  expect(statement).toContain(String.raw`gen_ai\\.output\\.messages`);
  expect(statement).not.toContain(String.raw`gen_ai\\.input\\.messages`);
  expect(clauses).toContainEqual(
    expect.objectContaining({ at: 'redaction.completions', fidelity: 'exact' }),
  );
});

import { parseRedactionPolicy, type RedactionPolicy } from '@llm-otel/redaction/policy';
import { describe, expect, test } from 'vitest';
import { type Clause, ClauseList } from '../clause.ts';
import { compileRedaction } from './compile-redaction.ts';
import { collectorVersionOf } from '../collector-version.ts';
import { contentKeys } from './content-keys.ts';
import { keyPattern, keyPatterns } from './key-patterns.ts';
import type { Processor } from './processor.ts';
import { re2Pattern } from './re2-pattern.ts';
import { valuePatterns } from './value-patterns.ts';

function compiled(
  policy: Omit<RedactionPolicy, 'version'>,
  release: string = '0.161.0',
): {
  readonly ids: readonly string[];
  readonly settings: (id: string) => Processor['settings'];
  readonly clauses: readonly Clause[];
} {
  const clauses = new ClauseList();
  const processors = compileRedaction(
    { version: 1, ...policy },
    collectorVersionOf(release),
    clauses,
  );
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
  const about = new Set(valuePatterns({ presets }).map((one) => one.about));

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

describe('content', () => {
  test('is told apart by who wrote it, and whether it is about tools', () => {
    const keys = Object.values(contentKeys).flatMap((part) => part.keys);
    expect(new Set(keys).size).toBe(keys.length);

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
      expect.objectContaining({ at: 'redaction.completions', fidelity: 'approximate' }),
    );
  });

  /** Which of these a Collector would delete. */
  const deleted = (policy: Omit<RedactionPolicy, 'version'>, keys: readonly string[]): string[] => {
    const groups = compiled(policy).settings('transform/content')['trace_statements'] as
      | { readonly statements: readonly string[] }[]
      | undefined;
    const [, source] =
      /delete_matching_keys\(span.attributes, (".*")\)/.exec(groups?.[0]?.statements[0] ?? '') ??
      [];
    if (source === undefined) return [];
    const pattern = new RegExp((JSON.parse(source) as string).replaceAll('$$', '$'));
    return keys.filter((key) => pattern.test(key));
  };
  const prompt = ['gen_ai.input.messages', 'gen_ai.prompt.0.content', 'gen_ai.prompt.12.role'];
  const definitions = [
    'gen_ai.tool.definitions',
    'ai.prompt.tools',
    'llm.tools.0.tool.json_schema',
  ];
  const completion = ['gen_ai.output.messages', 'gen_ai.completion.0.content'];
  const called = ['gen_ai.tool.call.arguments', 'gen_ai.completion.0.tool_calls.0.arguments'];
  const all = [...prompt, ...definitions, ...completion, ...called, 'gen_ai.prompt.name', 'note'];

  test.each([
    [{ tools: false }, [...definitions, ...called]],
    [{ prompts: false }, [...prompt, ...definitions]],
    [{ prompts: false, tools: true }, prompt],
    [{ completions: false }, [...completion, ...called]],
    [{ completions: false, tools: true }, completion],
    [{ prompts: false, completions: false }, [...prompt, ...definitions, ...completion, ...called]],
    [{}, []],
  ] as const)('%j deletes what it says', (policy, expected) => {
    expect(deleted(policy, all)).toEqual(expected);
  });

  test('of which a pseudonym is wanted is deleted, and that is told', () => {
    expect(deleted({ prompts: 'hash' }, all)).toEqual([...prompt, ...definitions]);
    expect(compiled({ tools: 'hash' }).clauses).toContainEqual(
      expect.objectContaining({ at: 'redaction.tools', fidelity: 'approximate' }),
    );
  });
});

describe('detectors', () => {
  const comments = (policy: Omit<RedactionPolicy, 'version'>): string =>
    JSON.stringify(compiled(policy).settings('redaction')['blocked_values']);

  test('a kind that is dropped is not looked for: by its name, by its group, a token of many in a line', () => {
    expect(comments({ presets: ['pii'] })).toContain('(?:@|%40)');
    expect(comments({ presets: ['pii'], detectors: { drop: ['email_address'] } })).not.toContain(
      '(?:@|%40)',
    );
    expect(comments({})).toContain('ghp_');
    expect(comments({ detectors: { drop: ['github_token'] } })).not.toContain('ghp_');
    expect(comments({ detectors: { add: ['crypto'], drop: ['crypto_address'] } })).not.toContain(
      '0x',
    );
  });

  test('a kind or a group that is added is looked for beside the presets', () => {
    expect(comments({})).not.toContain('(?:@|%40)');
    expect(comments({ detectors: { add: ['email_address'] } })).toContain('(?:@|%40)');
    expect(comments({ detectors: { add: ['crypto'] } })).toContain('0x[0-9A-Fa-f]{40}');
  });

  test('what no regular expression tells from other numbers is refused, with what to do', () => {
    expect(compiled({ detectors: { add: ['national_ids', 'location'] } }).clauses).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          at: 'redaction.detectors.add[0]',
          fidelity: 'refused',
          use: expect.stringContaining('write one in redaction.patterns') as string,
        }),
        expect.objectContaining({ at: 'redaction.detectors.add[1]', fidelity: 'approximate' }),
      ]),
    );
  });
});

describe('hashes', () => {
  test('stand for the kinds that the policy says, from a processor of their own', () => {
    const { ids, settings, clauses } = compiled({
      presets: ['pii'],
      keys: { block: ['customer.id'] },
      actions: { email_address: 'hash', sensitive_key: 'hash', iban: 'partial' },
    });

    expect(ids).toEqual([
      'transform/names_in',
      'redaction',
      'redaction/hash',
      'transform/names_out',
    ]);
    const hash = settings('redaction/hash');
    expect(hash).toMatchObject({
      hash_function: 'hmac-sha256',
      hmac_key: '${env:REDACTION_HASH_KEY}',
    });
    expect(hash['blocked_values']).toHaveLength(1);
    expect(hash['blocked_key_patterns']).toHaveLength(1);
    expect(settings('redaction')).not.toHaveProperty('blocked_key_patterns');
    expect(
      clauses.filter(({ at }) => at.startsWith('redaction.actions')).map(({ at }) => at),
    ).toEqual([
      'redaction.actions.email_address',
      'redaction.actions.sensitive_key',
      'redaction.actions.iban',
    ]);
  });

  test('of everything need no other processor', () => {
    expect(compiled({ actions: { default: 'hash' } }).ids).not.toContain('redaction');
  });

  test('are masks where the release knows no HMAC', () => {
    const { ids, clauses } = compiled({ actions: { default: 'hash' } }, '0.144.0');

    expect(ids).not.toContain('redaction/hash');
    expect(clauses.at(-1)?.note).toBe('masked as ****: this release knows no HMAC');
  });
});

test('time is no question in a Collector, and what processes say of sensitivity stays theirs', () => {
  const { clauses } = compiled({ patternBudgetMillis: 20, sensitivity: true });

  expect(clauses.map(({ at, fidelity }) => [at, fidelity])).toEqual(
    expect.arrayContaining([
      ['redaction.patternBudgetMillis', 'exact'],
      ['redaction.sensitivity', 'refused'],
    ]),
  );
});

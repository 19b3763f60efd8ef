import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../redactor.ts';
import { parseRedactionPolicy } from './index.ts';

describe('a policy', () => {
  test('that is complete comes back as it was', () => {
    const policy = {
      version: 1,
      enabled: true,
      presets: ['secrets', 'pii', 'strict'],
      prompts: false,
      completions: true,
      keys: { block: ['note'], allow: ['public.*'] },
      values: { allow: ['support@example.com'] },
      actions: { default: 'mask', credit_card: 'partial', email_address: 'remove' },
      maxValueLength: 8192,
      patterns: [{ name: 'ticket', pattern: String.raw`TCK-\d+`, ignoreCase: true }],
    };

    expect(parseRedactionPolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });

  test.each([
    [undefined, 'redaction is undefined: use an object'],
    [[], 'redaction is []: use an object'],
    [{}, 'redaction.version is undefined: use 1'],
    [{ version: 2 }, 'redaction.version is 2: use 1'],
    [{ version: 1, enable: true }, 'redaction.enable is true: use one of version, enabled,'],
    [{ version: 1, enabled: 'yes' }, 'redaction.enabled is "yes": use true or false'],
    [{ version: 1, presets: 'pii' }, 'redaction.presets is "pii": use an array'],
    [
      { version: 1, presets: ['all'] },
      'redaction.presets[0] is "all": use one of secrets, pii, strict',
    ],
    [{ version: 1, keys: { block: [''] } }, 'redaction.keys.block[0] is "": use a string'],
    [{ version: 1, keys: { allow: 'x' } }, 'redaction.keys.allow is [redacted]: use an array'],
    [{ version: 1, values: [] }, 'redaction.values is []: use an object'],
    [
      { version: 1, keys: { blok: ['a'] } },
      'redaction.keys.blok is [redacted]: use one of block, allow',
    ],
    [{ version: 1, values: { deny: [] } }, 'redaction.values.deny is []: use one of allow'],
    [{ version: 1, detectors: { ad: [] } }, 'redaction.detectors.ad is []: use one of add, drop'],
    [
      { version: 1, patterns: [{ name: 'a', pattern: 'x', flags: 'i' }] },
      'redaction.patterns[0].flags is [redacted]: use one of name, pattern, ignoreCase',
    ],
    [
      { version: 1, patterns: [{ name: 'default', pattern: 'x' }] },
      'redaction.patterns[0].name is "default": use',
    ],
    [
      {
        version: 1,
        patterns: [
          { name: 'a', pattern: 'x' },
          { name: 'a', pattern: 'y' },
        ],
      },
      'redaction.patterns[1].name is "a": use a name that no other pattern has',
    ],
    [
      { version: 1, actions: { a: 'scramble' } },
      'redaction.actions.a is "scramble": use one of mask, partial, remove, hash, token',
    ],
    [{ version: 1, maxValueLength: -1 }, 'redaction.maxValueLength is -1: use a whole number'],
    [{ version: 1, maxValueLength: 1.5 }, 'redaction.maxValueLength is 1.5: use a whole number'],
    [
      { version: 1, patterns: [{ name: 'A b', pattern: 'x' }] },
      'redaction.patterns[0].name is "A b": use',
    ],
    [
      { version: 1, patterns: [{ name: 'a' }] },
      'redaction.patterns[0].pattern is undefined: use a string',
    ],
    [
      { version: 1, patterns: [{ name: 'a', pattern: '(a+)+b' }] },
      'redaction.patterns[0].pattern is "(a+)+b": use a pattern without a repetition',
    ],
  ])('%j is refused with the path of what is wrong', (policy, message) => {
    expect(() => parseRedactionPolicy(policy)).toThrow(message);
  });

  const secret = ['Kq9zX2mm', 'Pw71bV7k'].join('');

  test.each([
    [
      { version: 1, values: { allow: secret } },
      'redaction.values.allow is [redacted]: use an array',
    ],
    [
      { version: 1, values: { [`x-${secret}`]: 1 } },
      'redaction.values.[redacted] is 1: use one of',
    ],
    [{ version: 1, value: { allow: [secret] } }, 'redaction.value is [redacted]: use one of'],
    [{ version: 1, values: secret }, 'redaction.values is [redacted]: use an object'],
    [{ version: 1, keys: { block: { [secret]: 1 } } }, 'redaction.keys.block is [redacted]: use'],
    [{ version: 1, values: { allow: [[secret]] } }, 'redaction.values.allow[0] is [redacted]: use'],
    [[secret], 'redaction is [redacted]: use an object'],
  ])('%# what a policy lets leave or keeps is in no error', (policy, message) => {
    let said = '';
    try {
      parseRedactionPolicy(policy);
    } catch (error) {
      said = String(error);
    }

    expect(said).toContain(message);
    expect(said).not.toContain(secret);
  });

  test('neither is the key that was given in the place of a hash', () => {
    const hash = secret as unknown as (text: string) => string;

    expect(() => createRedactor({ version: 1, actions: { default: 'hash' } }, { hash })).toThrow(
      'createRedactor.hash is [redacted]: use keyedHash({ key })',
    );
  });

  test('an action for a kind that nothing finds is refused when the redactor is made', () => {
    expect(() => createRedactor({ version: 1, actions: { emial: 'mask' } })).toThrow(
      'redaction.actions.emial is "mask": use the kind of a finding',
    );
    expect(() =>
      createRedactor({
        version: 1,
        patterns: [{ name: 'ticket', pattern: 'TCK' }],
        actions: { ticket: 'remove', default: 'mask' },
      }),
    ).not.toThrow();
  });
});

test('the entry point for policies loads no OpenTelemetry package', () => {
  const folder = import.meta.dirname;
  const sources = ['index.ts', 'parse-policy.ts', 'redaction-policy.ts', 'check-pattern.ts'].map(
    (file) => readFileSync(join(folder, file), 'utf8'),
  );
  const imports = sources.flatMap((source) =>
    [...source.matchAll(/from '([^']+)'/g)].map(([, specifier]) => specifier!),
  );

  expect(new Set(imports.filter((specifier) => !specifier.startsWith('.')))).toEqual(
    new Set(['@llm-otel/core/errors']),
  );
});

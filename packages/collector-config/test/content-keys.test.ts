import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentKeys, type ContentPart } from '../src/redaction/content-keys.ts';
import { contentKeysSource, redactionSource } from './content-keys-source.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Content {
  readonly direction: 'prompt' | 'completion' | 'both';
  readonly isTool: boolean;
  readonly isGuess: boolean;
}
type Names = Readonly<Record<string, readonly string[]>>;

const { contentOf } = (await redactionSource('content-of.ts')) as {
  readonly contentOf: (key: string, isAttribute: boolean) => Content | undefined;
};
const { contentNames, bareContentNames } = (await redactionSource('content-names.ts')) as {
  readonly contentNames: Readonly<Record<string, Names>>;
  readonly bareContentNames: Names;
};

const patterns = Object.entries(contentKeys).map(([part, one]) => {
  const keys = one.keys.map((key) => key.replaceAll('.', String.raw`\.`));
  return [
    part,
    new RegExp(`^(?:(?:${keys.join('|')})(?:\\.|$)|${one.patterns.join('|')})`),
  ] as const;
});

function partsOf(key: string): string[] {
  return patterns.filter(([, pattern]) => pattern.test(key)).map(([part]) => part);
}

/** What the redaction in a process makes of it, without what it guesses. */
function expected(key: string): ContentPart[] {
  const content = contentOf(key, true);
  if (content === undefined || content.isGuess) return [];
  if (content.direction === 'both') return ['conversations'];
  if (content.isTool)
    return [content.direction === 'prompt' ? 'toolsOfPrompts' : 'toolsOfCompletions'];
  return [content.direction === 'prompt' ? 'prompts' : 'completions'];
}

const names = [...Object.values(contentNames), bareContentNames].flatMap((lists) =>
  Object.values(lists).flat(),
);
const words = [...new Set(names.flatMap((name) => name.split('.')))];

test('the committed file is the one that is made from the names of the redaction', () => {
  const path = join(import.meta.dirname, '../src/redaction/content-keys.ts');
  expect(readFileSync(path, 'utf8')).toBe(contentKeysSource());
});

test.each(names)('%s is taken for the same as in the process, also with more behind it', (name) => {
  const below = [
    '',
    '.0',
    '.x',
    '.0.content',
    '.name',
    '.0.tool_calls.0.arguments',
    '.namespace',
    '.na',
  ];
  for (const end of below) {
    const key = name + end;
    const found = partsOf(key);
    // Names without a library in front are content alone, and as a list.
    expect([key, found]).toEqual([key, expected(key)]);
  }
  expect(partsOf(`x.${name}`)).toEqual(expected(`x.${name}`));
});

test('any name made of their words is taken for the same as in the process', () => {
  const part = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom('na', 'x', 'variables', 'typed'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.array(part, { maxLength: 3 }),
      fc.nat(3),
      (name, more, position) => {
        const list = position === 0 ? '' : `.${position}`;
        const key = [name + list, ...more].join('.');
        expect([key, partsOf(key)]).toEqual([key, expected(key)]);
      },
    ),
    { numRuns: 3000 },
  );
});

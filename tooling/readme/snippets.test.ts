import { expect, test } from 'vitest';
import { atReadmeLines, snippetsOf } from './snippets.ts';

const readme = [
  '# Title',
  '```sh',
  'npm install',
  '```',
  '```ts',
  "const fenced = '```';",
  'export {};',
  '```',
  'Text',
  '````typescript no-run',
  'declare const x: string;',
  '````',
  '```json',
  '{}',
  '```',
].join('\n');

test('only TypeScript blocks are snippets, with the line of their code', () => {
  const snippets = snippetsOf(readme);

  expect(snippets).toEqual([
    { line: 6, code: "const fenced = '```';\nexport {};", runs: true },
    { line: 11, code: 'declare const x: string;', runs: false },
  ]);
});

test('a fence inside another block opens no snippet', () => {
  expect(snippetsOf('````md\n```ts\nconst a = 1;\n```\n````\n')).toEqual([]);
});

test('a block that is never closed ends with the file', () => {
  expect(snippetsOf('```ts\nconst a = 1;')).toMatchObject([{ code: 'const a = 1;' }]);
});

test('Windows line ends are no part of the code', () => {
  expect(snippetsOf('```ts\r\na();\r\nb();\r\n```\r\n')).toMatchObject([{ code: 'a();\nb();' }]);
});

test('the written file has the code on its lines in the README', () => {
  const [snippet] = snippetsOf(readme);

  const lines = snippet === undefined ? [] : atReadmeLines(snippet).split('\n');

  expect(lines[5]).toBe(readme.split('\n')[5]);
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyAnchors } from './key-anchors.ts';

test('a word that contains another one is found by that one, which knows what may follow', () => {
  expect(keyAnchors(['auth', 'authorization', 'author-id', 'pin'])).toMatchObject([
    { text: 'auth', continuations: 'o' },
    { text: 'pin', continuations: '' },
  ]);
});

test('words with a space between them stay, whatever they contain', () => {
  expect(keyAnchors(['passport', 'passport number']).map(({ text }) => text)).toEqual([
    'passport',
    'passport number',
  ]);
});

test('a single character is no anchor', () => {
  expect(keyAnchors(['', 'a', 'ab'])).toMatchObject([{ text: 'ab', continuations: '' }]);
});

test('they are those that a comparison of each word with each finds', () => {
  const letters = fc.constantFrom('a', 'b', 'c', '-', ' ');
  fc.assert(
    fc.property(fc.array(fc.string({ unit: letters, maxLength: 8 })), (words) => {
      const all = [...new Set(words)].filter((word) => word.length >= 2);
      const expected = all
        .filter(
          (word) =>
            word.includes(' ') || !all.some((other) => other !== word && word.includes(other)),
        )
        .map((text) => ({ text, continuations: all.flatMap((word) => lettersAfter(text, word)) }));

      expect(keyAnchors(words).map((anchor) => inOrder(anchor.text, anchor.continuations))).toEqual(
        expected.map(({ text, continuations }) => inOrder(text, continuations.join(''))),
      );
    }),
  );
});

function lettersAfter(text: string, word: string): string[] {
  return word
    .split('')
    .flatMap((_, at) => (word.startsWith(text, at) ? [word.charAt(at + text.length)] : []));
}

function inOrder(text: string, letters: string): readonly string[] {
  return [text, ...new Set(letters.split('').toSorted())];
}

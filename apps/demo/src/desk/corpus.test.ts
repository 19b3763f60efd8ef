import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createCorpus, searchCorpus } from './corpus.ts';

const database = new DatabaseSync(':memory:');
createCorpus(database);

test('the article about duplicate charges is the best answer to a question about them', () => {
  const [best] = searchCorpus(database, 'charged twice, refund of a duplicate charge', 3);

  expect(best?.id).toBe('kb-101');
});

test('results are ordered by score', () => {
  const scores = searchCorpus(database, 'refund ticket customer', 5).map(({ score }) => score);

  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(scores.length).toBeGreaterThan(1);
});

test('quotes and operators in a ticket are words, not query syntax', () => {
  expect(() => searchCorpus(database, '"refund" OR NEAR(* AND title:', 3)).not.toThrow();
});

test('a query without a word finds nothing', () => {
  expect(searchCorpus(database, '?!', 3)).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/index.ts';
import { damaged, leaks, recallOf } from '../corpus/measure.ts';
import {
  afterFifthRoundCleanValues,
  afterFifthRoundPositives,
  fifthRoundCleanValues,
  fifthRoundPositives,
  firstSightCleanValues,
  firstSightPositives,
  labelledCleanValues,
  labelledPositives,
  secondRoundCleanValues,
  secondRoundPositives,
  sixthRoundCleanValues,
  sixthRoundPositives,
  wordCleanRecords,
  wordCleanValues,
  wordPositives,
  wordRecords,
} from './texts.ts';

// These texts were written before anyone looked at what the detectors do with them. What was missed as a class has been
// learnt since. At first sight 70 % of what the first round hides was found and 1.2 % of its clean values were touched; of
// the second round, written after that was learnt, 89 % and 2.4 %. Of the third, whose secrets are words, 75 % (109 of 146
// texts), and 2 of 87 clean values were touched. Of the fourth, 154 texts in forms of which it was known that they were not
// read yet, 20 % (36 texts as a whole), and 1 of 62 clean texts was touched.
const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });

describe.each([
  ['the first round', firstSightPositives(6), firstSightCleanValues(6)],
  ['the second round', secondRoundPositives(6), secondRoundCleanValues(6)],
] as const)('of files, commands and messages in other styles, %s', (_, positives, clean) => {
  const recall = recallOf(redactor, positives);

  test('97 % of what they hide is found', () => {
    const examples = recall.missed.slice(0, 5).map(({ group, text }) => `${group}: ${text}`);

    expect(recall.of).toBeGreaterThan(300);
    expect(recall.found / recall.of, examples.join('\n')).toBeGreaterThan(0.97);
  });

  test.each([...recall.groups])('%s: three of four are found', (__, found) => {
    expect(found).toBeGreaterThanOrEqual(0.75);
  });

  test('0.15 % of the clean values are touched at most', () => {
    const touched = damaged(redactor, clean);

    expect(clean.length).toBeGreaterThan(200);
    expect(touched.length / clean.length, JSON.stringify(touched.slice(0, 5))).toBeLessThanOrEqual(
      0.0015,
    );
  });
});

describe('of settings, commands and logs whose secrets are words, the third round', () => {
  const recall = recallOf(redactor, wordPositives(3));

  test('nine of ten are found', () => {
    const examples = recall.missed.map(({ group, context }) => `${group}: ${context}`);

    expect(recall.of).toBeGreaterThan(380);
    expect(recall.found / recall.of, [...new Set(examples)].join('\n')).toBeGreaterThan(0.9);
  });

  test.each([...recall.groups])('%s: six of ten are found', (_, found) => {
    expect(found).toBeGreaterThanOrEqual(0.6);
  });

  test('all are found in lists and maps', () => {
    const records = wordRecords(3);
    const missed = records.filter(({ text, secret }) =>
      leaks(JSON.stringify(redactor.redactDeep(JSON.parse(text))), secret),
    );

    expect(records.length).toBeGreaterThan(45);
    expect(missed).toEqual([]);
    expect(recallOf(redactor, records).missed).toEqual([]);
  });

  test('one of the clean values is touched at most', () => {
    const records = wordCleanRecords().filter(({ value }) => {
      const attributes: unknown = JSON.parse(value);
      return redactor.redactDeep(attributes) !== attributes || redactor.redact(value) !== value;
    });

    expect(wordCleanValues().length + wordCleanRecords().length).toBe(87);
    expect([...damaged(redactor, wordCleanValues()), ...records].length).toBeLessThanOrEqual(1);
  });
});

describe('of tables, YAML below its names and labels in other languages, the fourth round', () => {
  const recall = recallOf(redactor, labelledPositives(3));

  test('nine of ten are found', () => {
    const examples = recall.missed.map(({ group, context }) => `${group}: ${context}`);

    expect(recall.of).toBeGreaterThan(500);
    expect(recall.found / recall.of, [...new Set(examples)].join('\n')).toBeGreaterThan(0.93);
  });

  test('none of the clean texts is touched', () => {
    expect(labelledCleanValues(1).length).toBe(62);
    expect(damaged(redactor, labelledCleanValues(3))).toEqual([]);
  });
});

describe('of pipelines, servers, programs, people and agents, the fifth round', () => {
  const recall = recallOf(redactor, fifthRoundPositives(3));

  test('19 of 20 are found', () => {
    const examples = recall.missed.map(({ group, context }) => `${group}: ${context}`);

    expect(recall.of).toBeGreaterThan(1500);
    expect(recall.found / recall.of, [...new Set(examples)].join('\n')).toBeGreaterThan(0.95);
  });

  test.each([...recall.groups])('%s: eight of ten are found', (_, found) => {
    expect(found).toBeGreaterThan(0.8);
  });

  test('so are other texts of the same classes', () => {
    const others = recallOf(redactor, afterFifthRoundPositives(3));
    const examples = others.missed.map(({ context }) => context);

    expect(others.of).toBeGreaterThan(200);
    expect(others.found / others.of, [...new Set(examples)].join('\n')).toBeGreaterThan(0.95);
    expect(damaged(redactor, afterFifthRoundCleanValues(1))).toEqual([]);
  });

  test('none of the clean values is touched', () => {
    expect(fifthRoundCleanValues(1).length).toBe(379);
    expect(damaged(redactor, fifthRoundCleanValues(3))).toEqual([]);
  });
});

// At first sight 92 % of 151 secrets (139), and none of 150 clean values was touched; with `strict` two were, both addresses.
describe('of agents, applications, systems and code, the sixth round', () => {
  const recall = recallOf(redactor, sixthRoundPositives(3));

  test('19 of 20 are found', () => {
    const examples = recall.missed.map(({ group, context }) => `${group}: ${context}`);

    expect(recall.of).toBeGreaterThan(450);
    expect(recall.found / recall.of, [...new Set(examples)].join('\n')).toBeGreaterThan(0.96);
  });

  test('none of the clean values is touched', () => {
    expect(sixthRoundCleanValues(1).length).toBe(150);
    expect(damaged(redactor, sixthRoundCleanValues(3))).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/index.ts';
import {
  cleanValues,
  optInPositives,
  positives,
  unseenCleanValues,
  unseenPositives,
} from './corpus.ts';
import { damaged, type Recall, recallOf } from './measure.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const everything = createRedactor({
  version: 1,
  presets: ['strict'],
  detectors: { add: ['national_ids', 'crypto', 'location'] },
});

/** Groups that are found less often, with the reason beside them. */
const harder: Readonly<Record<string, number>> = {
  // One of its two forms is hex digits with hyphens, as ids have.
  mailgun: 0.4,
  // One of its forms is `s.` and letters, as names in code are: found with the level `high`.
  vault: 0.7,
};

function share({ found, of }: Recall): number {
  return found / of;
}

/** Examples of what was missed, for the message. */
function examples({ missed }: Recall): string {
  return missed
    .slice(0, 5)
    .map(({ group, context, text }) => `${group}, ${context}: ${text}`)
    .join('\n');
}

describe('of a corpus of labelled texts', () => {
  const all = positives();
  const recall = recallOf(redactor, all);

  test('more than 5,000 have something to hide, and 99 % of it is found', () => {
    expect(all.length).toBeGreaterThan(5000);
    expect(share(recall), examples(recall)).toBeGreaterThan(0.99);
  });

  test.each([...recall.groups])('%s is found in 95 % of its texts', (group, found) => {
    expect(found, examples(recall)).toBeGreaterThanOrEqual(harder[group] ?? 0.95);
  });

  test('more than 5,000 values have nothing to hide, and 0.05 % of them are touched at most', () => {
    const values = cleanValues();

    expect(values.length).toBeGreaterThan(5000);
    const touched = damaged(redactor, values);
    expect(touched.length / values.length, JSON.stringify(touched.slice(0, 5))).toBeLessThanOrEqual(
      0.0005,
    );
  });
});

describe('of texts that were left out while the detectors were made', () => {
  test('96 % of what they hide is found', () => {
    const recall = recallOf(redactor, unseenPositives());

    expect(recall.of).toBeGreaterThan(2000);
    expect(share(recall), examples(recall)).toBeGreaterThan(0.96);
  });

  test('0.15 % of the clean values are touched at most', () => {
    const values = unseenCleanValues();
    const touched = damaged(redactor, values);

    expect(values.length).toBeGreaterThan(1000);
    expect(touched.length / values.length, JSON.stringify(touched.slice(0, 5))).toBeLessThanOrEqual(
      0.0015,
    );
  });
});

describe('with everything that a policy can add', () => {
  const recall = recallOf(everything, optInPositives());

  test.each([...recall.groups])('%s is found in 95 % of its texts', (_, found) => {
    expect(found, examples(recall)).toBeGreaterThanOrEqual(0.95);
  });
});

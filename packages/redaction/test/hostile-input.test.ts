import { describe, expect, test } from 'vitest';
import { detectorsOf } from '../src/detectors/all-detectors.ts';
import { Scanner } from '../src/engine/scanner.ts';
import { createRedactor } from '../src/index.ts';
import { keyRules } from '../src/keys/key-rules.ts';
import { hostileTexts } from './hostile-texts.ts';

const rules = keyRules({}, { secrets: true, personal: true, identity: true });
const added = ['national_ids', 'crypto', 'location'];
const scanner = new Scanner(
  detectorsOf(
    {
      presets: new Set(['secrets', 'pii', 'strict']),
      level: 'high',
      added: new Set(added),
      dropped: new Set(),
    },
    rules,
  ),
);
const redactor = createRedactor({
  version: 1,
  presets: ['strict'],
  level: 'high',
  detectors: { add: added },
});

/** Characters that the matchers walked for a text. */
function workFor(text: string): number {
  const before = scanner.scan.work;
  scanner.find(text);
  return scanner.scan.work - before;
}

describe.each(Object.entries(hostileTexts))('%s', (_, textOf) => {
  test('takes work that grows with the length of the text, and not faster', () => {
    const [quarter, half, whole] = [50_000, 100_000, 200_000].map((length) =>
      workFor(textOf(length)),
    ) as [number, number, number];

    // What the second half costs, against the second quarter. The sum allows for what is there once.
    expect(whole - half).toBeLessThanOrEqual(2.2 * (half - quarter) + 4000);
    expect(whole).toBeLessThanOrEqual(200_000 * 20);
  });

  test('is redacted without an error', () => {
    redactor.redact(textOf(20_000));

    expect(redactor.report().failed).toBe(0);
  });
});

import { expect, test } from 'vitest';
import { median } from './median.ts';
import { formatSizes, sizeReport } from './size-report.ts';

const install = {
  target: { name: 'core', install: ['@llm-otel/core'], floor: 7 },
  folder: '',
  packages: 7,
  megabytes: 1.234,
  foreign: [],
};
const times = { bare: 50, ours: 70.04, importOnly: 20, processes: 15 };

test('a report at the floor is met, and its table says so', () => {
  const report = sizeReport([install], times);

  expect(report.met).toBe(true);
  expect(report.importMillis.aboveBare).toBe(20);
  expect(formatSizes(report)).toContain('7 packages  7      1.2 MB   ok');
  expect(formatSizes(report)).toContain('254 packages, 134 MB, 500 ms');
});

test('one package too many, a foreign package or a slow import each miss', () => {
  const reports = [
    sizeReport([{ ...install, packages: 8 }], times),
    sizeReport([{ ...install, foreign: ['lodash'] }], times),
    sizeReport([install], { ...times, ours: 130.1 }),
  ];

  expect(reports.map(({ met }) => met)).toEqual([false, false, false]);
});

test('the median of an even number of values lies between the middle two', () => {
  expect(median([9, 1, 2, 4])).toBe(3);
  expect(median([5])).toBe(5);
  expect(() => median([])).toThrow(RangeError);
});

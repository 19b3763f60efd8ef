import { expect, test } from 'vitest';
import { severityOfLevel, severityOfNumber } from './severity.ts';

test.each([
  ['trace', 1],
  ['silly', 1],
  ['debug', 5],
  ['verbose', 6],
  ['http', 7],
  ['info', 9],
  ['log', 9],
  ['notice', 10],
  ['warn', 13],
  ['WARNING', 13],
  ['Error', 17],
  ['crit', 21],
  ['fatal', 21],
  ['alert', 22],
  ['emerg', 23],
  ['audit', 0],
  [undefined, 0],
  [30, 0],
])('the level %j is severity %i', (level, severity) => {
  expect(severityOfLevel(level)).toBe(severity);
});

test.each([
  [10, 1],
  [20, 5],
  [30, 9],
  [35, 11],
  [39, 12],
  [40, 13],
  [50, 17],
  [60, 21],
  [1000, 24],
  [5, 1],
  [0, 1],
  [-1, 0],
  [Number.NaN, 0],
  ['30', 0],
])('the number %j of pino is severity %i', (level, severity) => {
  expect(severityOfNumber(level)).toBe(severity);
});

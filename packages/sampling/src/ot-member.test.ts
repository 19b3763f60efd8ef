import { createTraceState } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepsTrace, readOtMember, withThreshold } from './ot-member.ts';
import { thresholdOf } from './threshold.ts';

const digits = fc.stringMatching(/^[0-9a-fA-Fx-z]{0,16}$/);
const value = fc.oneof(
  digits,
  digits.map((text) => text.toLowerCase().padEnd(14, '0').slice(0, 14)),
  fc.string({ maxLength: 20 }),
);
const part = fc.oneof(
  fc.tuple(fc.constantFrom('th', 'rv', 'x', 'TH', 'thx', ''), value).map((pair) => pair.join(':')),
  fc.string({ maxLength: 12 }),
);
const member = fc.oneof(
  { weight: 5, arbitrary: fc.array(part, { maxLength: 8 }).map((parts) => parts.join(';')) },
  { weight: 1, arbitrary: fc.string({ maxLength: 600 }) },
);
const header = fc
  .tuple(member, fc.constantFrom('', 'a=b', 'ot=x:1,a=b'))
  .map(([ot, others]) => `ot=${ot}${others === '' ? '' : `,${others}`}`);
const ratio = fc.oneof(fc.constantFrom(0, 1, 0.5, 0.1), fc.double({ min: 0, max: 1, noNaN: true }));

const partsOf = (header: string): string[] =>
  (createTraceState(header).get('ot') ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

describe('whatever a caller sends in its tracestate', () => {
  test('what is read is valid, and what is not valid is not there', () => {
    fc.assert(
      fc.property(header, (header) => {
        const { rv, threshold } = readOtMember(createTraceState(header));

        if (rv !== undefined) expect(rv).toMatch(/^[0-9a-f]{14}$/);
        if (threshold !== undefined) expect(threshold.text).toMatch(/^[0-9a-f]{1,14}$/);
        expect(typeof keepsTrace(threshold, '0'.repeat(31).concat('1'), rv)).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });

  test('the written member has our share alone, and every other part as it came', () => {
    fc.assert(
      fc.property(header, ratio, (header, ratio) => {
        const threshold = thresholdOf(ratio);
        const others = partsOf(header).filter((part) => !part.startsWith('th:'));

        const after = withThreshold(createTraceState(header), threshold);
        const parts = partsOf(after?.serialize() ?? '');

        expect(parts.filter((part) => !part.startsWith('th:'))).toEqual(others);
        const shares = parts.filter((part) => part.startsWith('th:'));
        const hasRoom = [`th:${threshold?.text}`, ...others].join(';').length <= 256;
        expect(shares).toEqual(threshold !== undefined && hasRoom ? [`th:${threshold.text}`] : []);
      }),
      { numRuns: 1000 },
    );
  });

  test('reading what was written gives the same share and the same randomness', () => {
    fc.assert(
      fc.property(header, ratio, (header, ratio) => {
        const before = readOtMember(createTraceState(header));
        const threshold = thresholdOf(ratio);
        const after = readOtMember(withThreshold(createTraceState(header), threshold));

        expect(after.rv).toBe(before.rv);
        if (after.threshold !== undefined) expect(after.threshold).toEqual(threshold);
      }),
    );
  });
});

test('where there is no room for a share, the old one goes all the same', () => {
  const long = `x:${'1'.repeat(248)}`;
  const before = createTraceState(`ot=th:8;${long}`);

  expect(withThreshold(before, thresholdOf(0.1))?.serialize()).toBe(`ot=${long}`);
  expect(withThreshold(before, thresholdOf(0.5))?.serialize()).toBe(`ot=th:8;${long}`);
});

test('what is right already is not made anew', () => {
  const state = createTraceState('ot=th:8;rv:00000000000001,a=b');

  expect(withThreshold(state, thresholdOf(0.5))).toBe(state);
  expect(withThreshold(undefined, undefined)).toBeUndefined();
});

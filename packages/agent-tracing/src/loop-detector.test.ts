import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Loop, LoopDetector } from './loop-detector.ts';

function loopsIn(calls: readonly string[], repeats = 3): (Loop | undefined)[] {
  const detector = new LoopDetector(repeats);
  return calls.map((call) => detector.note(call));
}

test('a loop is told with the call that completes it, and not again while it goes on', () => {
  const found = loopsIn('xababababab'.split(''));

  expect(found.findIndex((loop) => loop !== undefined)).toBe(6);
  expect(found.filter((loop) => loop !== undefined)).toEqual([{ length: 2, repeats: 3 }]);
});

test('the same loop is told again after something else', () => {
  expect(loopsIn('aaabaaa'.split('')).filter((loop) => loop !== undefined)).toHaveLength(2);
});

test('any turn of up to 8 calls is found, however often it has to repeat', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 2, max: 10 }),
      fc.array(fc.string(), { maxLength: 20 }),
      (turn, repeats, before) => {
        const calls = [...before, ...Array.from({ length: repeats }, () => turn).flat()];
        const found = loopsIn(calls, repeats).filter((loop) => loop !== undefined);

        expect(found.length).toBeGreaterThan(0);
        expect(found.every((loop) => loop.length <= turn.length || before.length > 0)).toBe(true);
      },
    ),
  );
});

test('calls that all differ are no loop', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 100 }), (calls) => {
      expect(loopsIn(calls).filter((loop) => loop !== undefined)).toEqual([]);
    }),
  );
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { IncomingTraceIds } from './incoming-trace-ids.ts';

const idWith = (text: string): string => text.padStart(32, '0');

test('a trace is known as it came in last, another one is not', () => {
  const ids = new IncomingTraceIds();
  ids.note(idWith('abc1'), true);
  ids.note(idWith('abc2'), true);
  ids.note(idWith('abc2'), false);

  expect(ids.isRandom(idWith('abc1'))).toBe(true);
  expect(ids.isRandom(idWith('abc2'))).toBe(false);
  expect(ids.isRandom(idWith('abc3'))).toBeUndefined();
  expect(ids.isRandom('trace-1')).toBeUndefined();
});

test('a newer trace with the same last digits takes the place of an older one', () => {
  const ids = new IncomingTraceIds();
  ids.note(idWith('10000abc'), false);
  ids.note(idWith('20000abc'), true);

  expect(ids.isRandom(idWith('10000abc'))).toBeUndefined();
  expect(ids.isRandom(idWith('20000abc'))).toBe(true);
});

test('for any traces it answers as they came in last, or not at all', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.stringMatching(/^[\da-f]{32}$/), fc.boolean()), { minLength: 1 }),
      (traces) => {
        const ids = new IncomingTraceIds();
        for (const [id, isRandom] of traces) ids.note(id, isRandom);
        const last = new Map(traces);
        for (const [id, isRandom] of last)
          expect([isRandom, undefined]).toContain(ids.isRandom(id));
        const [id, isRandom] = traces.at(-1) as [string, boolean];
        expect(ids.isRandom(id)).toBe(isRandom);
      },
    ),
  );
});

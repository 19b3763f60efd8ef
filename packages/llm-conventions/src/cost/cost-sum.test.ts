import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CostSum } from './cost-sum.ts';

test('a sum of small costs is what it is with whole numbers, in any order', () => {
  const cost = fc.nat({ max: 40_000_000 });
  fc.assert(
    fc.property(fc.array(cost, { maxLength: 200 }), (millionths) => {
      const sum = new CostSum();
      for (const one of millionths) sum.add(one / 1e6);
      const exact = millionths.reduce((total, one) => total + BigInt(one), 0n);

      expect(sum.microUsd).toBe(Number(exact / 1_000_000n) + Number(exact % 1_000_000n) / 1e6);
    }),
  );
});

test('ten times a tenth is one', () => {
  const sum = new CostSum(0);
  for (let index = 0; index < 10; index++) sum.add(0.1);

  expect(sum.microUsd).toBe(1);
});

import { describe, expect, test } from 'vitest';
import { type ClientGenerator, isClientGenerator, observeGenerator } from './observe-generator.ts';

async function* counted(left: string[]): AsyncGenerator<number, string> {
  try {
    for (let count = 1; count < 4; count++) yield await Promise.resolve(count);
    return 'all';
  } finally {
    left.push('left');
  }
}

/** As a compiler for older runtimes makes one: an object with members of its own. */
function compiled(left: string[]): ClientGenerator {
  const inner = counted(left);
  return {
    next: (...values) => inner.next(...(values as [])),
    return: (value) => inner.return(value as string),
    throw: (error) => inner.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

describe.each([
  ['native', (left: string[]) => counted(left) as ClientGenerator],
  ['compiled', compiled],
])('a generator that is %s', (_kind, make) => {
  function observed(): { generator: ClientGenerator; steps: unknown[]; left: string[] } {
    const left: string[] = [];
    const steps: unknown[] = [];
    const generator = make(left);
    observeGenerator(generator, (bare) => {
      const noting =
        (step: 'next' | 'return' | 'throw') =>
        async (...values: readonly unknown[]) => {
          steps.push([step, ...values]);
          return bare[step](...(values as [unknown]));
        };
      const watched = { ...bare, next: noting('next'), return: noting('return') };
      return { ...watched, throw: noting('throw') };
    });
    return { generator, steps, left };
  }

  test('is the same object, each step of which is seen', async () => {
    const { generator, steps, left } = observed();

    expect(generator[Symbol.asyncIterator]()).toBe(generator);
    const values: unknown[] = [];
    for await (const value of generator) values.push(value);

    expect(values).toEqual([1, 2, 3]);
    expect(steps).toEqual([['next'], ['next'], ['next'], ['next']]);
    expect(left).toEqual(['left']);
  });

  test('is left as before', async () => {
    const { generator, steps, left } = observed();
    for await (const _ of generator) break;

    expect(steps).toEqual([['next'], ['return']]);
    expect(left).toEqual(['left']);
    expect(await generator.next()).toEqual({ done: true, value: undefined });
  });

  test('is thrown into as before', async () => {
    const { generator, steps } = observed();
    const failure = new Error('enough');
    await generator.next('a');

    await expect(generator.throw(failure)).rejects.toBe(failure);
    expect(steps).toEqual([
      ['next', 'a'],
      ['throw', failure],
    ]);
  });
});

test('what has not all the steps of one is none', () => {
  const steps = { next: () => undefined, return: () => undefined };

  expect(isClientGenerator(counted([]))).toBe(true);
  expect(isClientGenerator({ ...steps, [Symbol.asyncIterator]: () => steps })).toBe(false);
  expect(isClientGenerator(new ReadableStream())).toBe(false);
  expect(isClientGenerator(null)).toBe(false);
  expect(isClientGenerator('text')).toBe(false);
});

import { diag } from '@opentelemetry/api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { GarbageInOrder } from './garbage-in-order.ts';

/** A registry whose garbage the test collects. */
const registered: { readonly callback: (held: unknown) => void; readonly held: unknown }[] = [];
class Registry {
  readonly callback: (held: unknown) => void;
  constructor(callback: (held: unknown) => void) {
    this.callback = callback;
  }
  register(_: object, held: unknown): void {
    registered.push({ callback: this.callback, held });
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  registered.length = 0;
});

async function collect(...order: number[]): Promise<void> {
  for (const index of order) registered[index]?.callback(registered[index].held);
  await Promise.resolve();
}

describe('of what is garbage at the same time', () => {
  test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 2, 0]]])(
    'the highest rank is told of first, in whatever order it is found: %j',
    async (order) => {
      vi.stubGlobal('FinalizationRegistry', Registry);
      const told: string[] = [];
      const garbage = new GarbageInOrder<string>((name) => told.push(name));
      garbage.register({}, 'model', 0);
      garbage.register({}, 'inner', 1);
      garbage.register({}, 'outer', 2);

      await collect(...order);

      expect(told).toEqual(['outer', 'inner', 'model']);
    },
  );

  test('all are told of, also where one throws', async () => {
    vi.stubGlobal('FinalizationRegistry', Registry);
    vi.spyOn(diag, 'warn').mockReturnValue();
    const told: string[] = [];
    const garbage = new GarbageInOrder<string>((name) => {
      if (name === 'broken') throw new Error('no');
      told.push(name);
    });
    garbage.register({}, 'whole', 0);
    garbage.register({}, 'broken', 1);

    await collect(0, 1);

    expect(told).toEqual(['whole']);
  });

  test('what becomes garbage later is told of later', async () => {
    vi.stubGlobal('FinalizationRegistry', Registry);
    const told: string[] = [];
    const garbage = new GarbageInOrder<string>((name) => told.push(name));
    garbage.register({}, 'first', 0);
    garbage.register({}, 'second', 1);

    await collect(0);
    await collect(1);

    expect(told).toEqual(['first', 'second']);
  });
});

test('a runtime without registries is told of nothing', () => {
  vi.stubGlobal('FinalizationRegistry', undefined);
  const garbage = new GarbageInOrder<string>(() => undefined);

  expect(() => garbage.register({}, 'any', 0)).not.toThrow();
});

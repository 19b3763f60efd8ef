import type { ReadableSpan } from '@llm-otel/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { ItemQueue } from './item-queue.ts';

test('spans come out in the order they went in, never more than the queue may hold', () => {
  const commands = fc.array(
    fc.oneof(
      fc.record({ add: fc.nat({ max: 50 }) }),
      fc.record({ items: fc.integer({ min: 1, max: 5 }), bytes: fc.integer({ min: 1, max: 100 }) }),
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(commands, (commands) => {
      const queue = new ItemQueue<ReadableSpan>({ maxItems: 6, maxBytes: 120 });
      const model: { name: string; bytes: number }[] = [];
      const sum = (): number => model.reduce((total, { bytes }) => total + bytes, 0);
      commands.forEach((command, index) => {
        if ('add' in command) {
          const fits = model.length < 6 && (sum() + command.add <= 120 || model.length === 0);
          expect(queue.add(makeSpan({ name: `${index}` }), command.add)).toBe(fits);
          if (fits) model.push({ name: `${index}`, bytes: command.add });
        } else {
          const { items, bytes } = queue.take(command.items, command.bytes);
          const expected = model.splice(0, items.length);
          expect(items.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
          expect(bytes).toBe(expected.reduce((total, entry) => total + entry.bytes, 0));
          expect(items.length).toBeLessThanOrEqual(command.items);
          expect(bytes <= command.bytes || items.length === 1).toBe(true);
          if (model.length > 0) expect(items.length).toBeGreaterThan(0);
        }
        expect([queue.size, queue.bytes]).toEqual([model.length, sum()]);
      });
    }),
  );
});

const named = (name: string): ReturnType<typeof makeSpan> => makeSpan({ name });
const namesOf = (queue: ItemQueue<ReadableSpan>, items: number): string[] =>
  queue.take(items, Infinity).items.map(({ name }) => name);

test('what is important leaves first when not all can, and within a batch spans stand as they came', () => {
  const queue = new ItemQueue<ReadableSpan>({ maxItems: 10, maxBytes: 1000 });
  queue.add(named('usual'), 1, 1);
  queue.add(named('debug'), 1, 2);
  queue.add(named('error'), 1, 0);
  queue.add(named('usual too'), 1, 1);

  expect(namesOf(queue, 3)).toEqual(['usual', 'error', 'usual too']);
  expect(namesOf(queue, 3)).toEqual(['debug']);
});

test('a full queue gives up the least important span for a more important one, and never the other way round', () => {
  const evicted: string[] = [];
  const queue = new ItemQueue<ReadableSpan>({
    maxItems: 3,
    maxBytes: 1000,
    onEvicted: ({ name }) => evicted.push(name),
  });
  queue.add(named('debug 1'), 1, 2);
  queue.add(named('debug 2'), 1, 2);
  queue.add(named('error 1'), 1, 0);

  expect(queue.add(named('usual'), 1, 1)).toBe(true);
  expect(queue.add(named('debug 3'), 1, 2)).toBe(false);
  expect(queue.add(named('error 2'), 1, 0)).toBe(true);
  expect(queue.add(named('error 3'), 1, 0)).toBe(true);
  expect(queue.add(named('error 4'), 1, 0)).toBe(false);

  expect(evicted).toEqual(['debug 2', 'debug 1', 'usual']);
  expect(namesOf(queue, 9)).toEqual(['error 1', 'error 2', 'error 3']);
});

test('dropping the oldest makes room among equals, but not where even that is not enough', () => {
  const evicted: string[] = [];
  const queue = new ItemQueue<ReadableSpan>({
    maxItems: 10,
    maxBytes: 100,
    whenFull: 'drop_oldest',
    onEvicted: ({ name }) => evicted.push(name),
  });
  queue.add(named('a'), 40, 1);
  queue.add(named('b'), 40, 1);
  queue.add(named('important'), 15, 0);

  expect(queue.add(named('too large'), 90, 1)).toBe(false);
  expect(queue.add(named('larger than all'), 101, 0)).toBe(false);
  expect(evicted).toEqual([]);
  expect(queue.add(named('c'), 40, 1)).toBe(true);

  expect(evicted).toEqual(['a']);
  expect(namesOf(queue, 9)).toEqual(['b', 'important', 'c']);
  expect([queue.size, queue.bytes]).toEqual([0, 0]);
});

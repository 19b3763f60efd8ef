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

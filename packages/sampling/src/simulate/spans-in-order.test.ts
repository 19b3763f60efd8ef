import type { ReadableSpan } from '@llm-otel/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { span } from '../../test/spans.ts';
import { type SpanSource, spansInOrder } from './spans-in-order.ts';

const ended = (seconds: number, spanId = '1'.repeat(16)): ReadableSpan => ({
  ...span({}),
  endTime: [seconds, 0],
  name: `${seconds}`,
  spanContext: () => ({ traceId: 'a'.repeat(32), spanId, traceFlags: 1 }),
});

async function* sourceOf(
  ...batches: (readonly ReadableSpan[])[]
): AsyncGenerator<readonly ReadableSpan[]> {
  for (const batch of batches) yield await Promise.resolve(batch);
}

async function read(sources: readonly SpanSource[], windowBytes?: number): Promise<ReadableSpan[]> {
  const spans: ReadableSpan[] = [];
  for await (const one of spansInOrder(sources, windowBytes)) spans.push(one);
  return spans;
}

describe('spans in the order in which they ended', () => {
  test('over any recordings that fit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.array(fc.nat(50), { maxLength: 5 }), { maxLength: 5 }), {
          maxLength: 4,
        }),
        async (recordings) => {
          const sources = recordings.map((batches) =>
            sourceOf(...batches.map((ends) => ends.map((end) => ended(end)))),
          );
          const spans = await read(sources);

          expect(spans.map(({ endTime }) => endTime[0])).toEqual(
            recordings.flat(2).toSorted((a, b) => a - b),
          );
        },
      ),
    );
  });

  test('recordings of the same time are read side by side, however large they are', async () => {
    const hour = (offset: number): SpanSource =>
      sourceOf(...Array.from({ length: 500 }, (_, at) => [ended(at * 2 + offset)]));

    // Room for about five spans.
    const spans = await read([hour(0), hour(1)], 5000);

    expect(spans.map(({ endTime }) => endTime[0])).toEqual(
      Array.from({ length: 1000 }, (_, at) => at),
    );
  });

  test('no more is read than there is room for', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<readonly ReadableSpan[]> {
      for (;;) yield await Promise.resolve([ended(read++)]);
    }
    let taken = 0;
    for await (const _ of spansInOrder([endless()], 20_000)) if (++taken === 1000) break;

    expect(read - taken).toBeLessThan(30);
  });

  test('a source is closed when nobody wants more of it', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<readonly ReadableSpan[]> {
      try {
        for (let at = 0; ; at++) yield await Promise.resolve([ended(at)]);
      } finally {
        closed = true;
      }
    }
    for await (const _ of spansInOrder([source()], 1000)) break;

    expect(closed).toBe(true);
  });
});

describe('a parent of which nobody says whether it is remote', () => {
  const parentId = '2'.repeat(16);
  const child = (end: number): ReadableSpan => ({
    ...ended(end),
    parentSpanContext: { traceId: 'a'.repeat(32), spanId: parentId, traceFlags: 1 },
  });
  const of = (spans: readonly ReadableSpan[]): (boolean | undefined)[] =>
    spans.map(({ parentSpanContext }) => parentSpanContext?.isRemote);

  test('is not when it is in the recording, before or after', async () => {
    expect(of(await read([sourceOf([child(1), ended(2, parentId), child(3)])]))).toEqual([
      false,
      undefined,
      false,
    ]);
  });

  test('is when it is in none of it', async () => {
    expect(of(await read([sourceOf([child(1)], [child(2)])]))).toEqual([true, true]);
  });

  test('is taken for one of the same process while there is more to come: it may have taken long', async () => {
    const spans = Array.from({ length: 20 }, (_, at) => [child(at)]);

    expect(of(await read([sourceOf(...spans, [ended(21, parentId)])], 3000)).slice(0, 10)).toEqual(
      Array.from({ length: 10 }, () => false),
    );
  });
});

import { fakeClock } from '@llm-otel/testing';
import type { ReadableSpan } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { ledgerOf, setUp } from '../../test/fixtures/processor.ts';
import { scriptedTransport } from '../../test/fixtures/scripted-transport.ts';
import { spanIdsIn } from '../../test/fixtures/received.ts';
import { makeSpan, makeSpans } from '../../test/fixtures/spans.ts';
import { decodeOtlp } from '../decode/decode-otlp.ts';
import { exporterDestination } from '../destinations/exporter-destination.ts';
import { memoryLimit } from '../node/memory-limit.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import { countItems } from '../otlp/split-request.ts';

const itemsOf = ({ transport }: ReturnType<typeof setUp>): number[] =>
  transport.requests.map(({ items }) => items);

/** A span that tells when it is encoded. */
function watched(seen: () => void): ReturnType<typeof makeSpan> {
  return Object.defineProperty({ ...makeSpan() }, 'status', {
    get() {
      seen();
      return { code: 1 };
    },
  });
}

test('spans are encoded before there are enough for a batch, and leave in batches of the usual size', async () => {
  const setup = setUp({ batch: { maxItems: 200 }, queue: { priorityOf: () => 1 } });
  let encoded = 0;
  for (let i = 0; i < 130; i++) setup.processor.onEnd(watched(() => encoded++));

  await setup.turns();
  // The estimate of its size looks at the status as well.
  expect(encoded).toBe(130 + 128);
  expect(itemsOf(setup)).toEqual([]);
  expect(ledgerOf(setup)).toMatchObject({ ended: 130, queued: 130 });

  setup.end(100);
  await setup.turns();
  expect(itemsOf(setup)).toEqual([200]);
  expect(ledgerOf(setup)).toMatchObject({ queued: 30, handed: 200 });
  await setup.processor.forceFlush();

  expect(itemsOf(setup)).toEqual([200, 30]);
  expect(ledgerOf(setup)).toMatchObject({ queued: 0, handed: 230 });
});

test('what is encoded early leaves after the usual delay', async () => {
  const clock = fakeClock();
  const setup = setUp({ clock, batch: { delayMillis: 1000 } });
  setup.end(64);
  await setup.turns();
  await clock.advance(999);
  expect(itemsOf(setup)).toEqual([]);

  await clock.advance(1);
  await setup.turns();
  for (let i = 0; i < 20; i++) await clock.advance(0);

  expect(itemsOf(setup)).toEqual([64]);
});

test('what is encoded early and has not left is counted when a shutdown has no time', async () => {
  const setup = setUp();
  setup.end(100);
  await setup.turns();

  await setup.processor.shutdown({ timeoutMillis: 0 });

  expect(ledgerOf(setup)).toMatchObject({ ended: 100, queued: 0 });
  const { dropped, handed } = ledgerOf(setup);
  expect((dropped['shutdown_timeout'] ?? 0) + handed).toBe(100);
});

test('spans that cannot be encoded are counted, and take no other one with them', async () => {
  const setup = setUp();
  const broken = Object.defineProperty({ ...makeSpan() }, 'events', {
    get() {
      throw new Error('no');
    },
  });
  for (let i = 0; i < 40; i++) {
    setup.end(1);
    setup.processor.onEnd(broken);
  }

  await setup.processor.forceFlush();

  expect(setup.transport.taken).toBe(40);
  expect(ledgerOf(setup).destinations['otlp']).toMatchObject({
    exported: 40,
    dropped: { encode_failed: 40 },
  });
});

test('a destination that wants the objects gets them', async () => {
  const spans = makeSpans(100);
  const got: unknown[] = [];
  const setup = setUp({
    destinations: [
      exporterDestination('mine', {
        export(batch: readonly unknown[], done: (result: { readonly code: 0 }) => void) {
          got.push(...batch);
          done({ code: 0 });
        },
        shutdown: () => Promise.resolve(),
      }),
    ],
  });
  for (const span of spans) setup.processor.onEnd(span);
  await setup.turns();
  await setup.processor.forceFlush();

  expect(got).toHaveLength(100);
  expect(got.every((span, index) => span === spans[index])).toBe(true);
});

test('a batch that a destination takes without a look leaves nothing to the next one', async () => {
  const got: (readonly [items: number, requested: number])[] = [];
  let isAsking = false;
  const rest = () => Promise.resolve();
  const setup = setUp({
    destinations: [
      {
        name: 'mine',
        open: ({ ledger }) => ({
          takesRequests: true,
          accept(batch) {
            if (!isAsking) return false;
            const { requests } = batch.otlpRequests();
            got.push([
              batch.items,
              requests.reduce((sum, { body }) => sum + countItems(body, 'traces'), 0),
            ]);
            for (const request of requests) request.release();
            ledger.exported(batch.items);
            return true;
          },
          forceFlush: rest,
          idleOrTroubled: rest,
          hurry: () => undefined,
          close: rest,
        }),
      },
    ],
  });
  for (const asks of [false, true]) {
    isAsking = asks;
    setup.end(70);
    await setup.processor.forceFlush();
  }

  expect(got).toEqual([[70, 70]]);
});

test('while a receiver is in trouble nothing is encoded early, for what has no room goes by priority', async () => {
  const setup = setUp({ batch: { maxItems: 100 } });
  setup.transport.script = [{ status: 503 }];
  setup.end(100);
  await setup.turns();
  let encoded = 0;
  for (let i = 0; i < 80; i++) setup.processor.onEnd(watched(() => encoded++));
  const before = encoded;

  await setup.turns();

  expect(encoded).toBe(before);
  expect(ledgerOf(setup)).toMatchObject({ queued: 80, handed: 100 });
});

describe('what does not fit into a batch that grows, and begins the next one,', () => {
  async function oneTooMany(): Promise<ReturnType<typeof setUp>> {
    const setup = setUp({ batch: { maxBytes: 10_000, delayMillis: 1000 } });
    do {
      setup.end(1, { attributes: { text: 'x'.repeat(1000) } });
      await setup.turns();
    } while (itemsOf(setup).length === 0);
    expect(ledgerOf(setup)).toMatchObject({ queued: 1 });
    return setup;
  }
  const allDelivered = (setup: ReturnType<typeof setUp>): void => {
    const [first, ...others] = itemsOf(setup);
    expect(others).toEqual([1]);
    expect(ledgerOf(setup)).toMatchObject({ queued: 0, handed: first! + 1, dropped: {} });
  };

  test('leaves with a flush', async () => {
    const setup = await oneTooMany();

    await setup.processor.forceFlush();

    allDelivered(setup);
  });

  test('leaves after the usual delay', async () => {
    const setup = await oneTooMany();

    await setup.clock.advance(1000);
    await setup.turns();

    allDelivered(setup);
  });

  test('leaves with a shutdown', async () => {
    const setup = await oneTooMany();

    await setup.processor.shutdown();

    allDelivered(setup);
  });
});

const idOf = (span: ReadableSpan): string => span.spanContext().spanId;
const idsAt = ({ transport }: ReturnType<typeof setUp>): string[] =>
  transport.bodies.flatMap((body) => spanIdsIn(body));

describe('while a batch grows', () => {
  test('a span that fails in the middle of what it writes leaves no byte, whatever comes before and behind it', async () => {
    const setup = setUp();
    const good = makeSpans(120, { attributes: { text: 'before' } });
    const bad = (): ReadableSpan => {
      const span = { ...makeSpan({ attributes: { text: 'y'.repeat(100_000) } }) };
      // Everything in front of it is written by then.
      return Object.defineProperty(span, 'status', {
        get() {
          throw new Error('no');
        },
      });
    };
    for (const [index, span] of good.entries()) {
      setup.processor.onEnd(span);
      if (index % 40 === 20) setup.processor.onEnd(bad());
    }
    await setup.turns();

    await setup.processor.forceFlush();

    expect(idsAt(setup)).toEqual(good.map(idOf));
    expect(ledgerOf(setup).destinations['otlp']).toMatchObject({
      exported: 120,
      dropped: { encode_failed: 3 },
    });
  });

  test('what cannot be written at all is counted, and no request without items is sent for it', async () => {
    const setup = setUp();
    for (let i = 0; i < 70; i++)
      setup.processor.onEnd(
        Object.defineProperty({ ...makeSpan() }, 'events', {
          get() {
            throw new Error('no');
          },
        }),
      );
    await setup.turns();

    await setup.processor.forceFlush();

    expect(setup.transport.requests).toEqual([]);
    expect(ledgerOf(setup).destinations['otlp']).toMatchObject({
      inFlight: 0,
      dropped: { encode_failed: 70 },
    });
  });

  test('a span is written once for all destinations', async () => {
    const transports = [scriptedTransport(), scriptedTransport(), scriptedTransport()];
    const setup = setUp({
      destinations: transports.map((transport, index) =>
        otlpDestination({ name: `to ${index}`, url: 'http://localhost/v1/traces', transport }),
      ),
      queue: { priorityOf: () => 1 },
    });
    let looks = 0;
    for (let i = 0; i < 70; i++) setup.processor.onEnd(watched(() => looks++));

    await setup.processor.forceFlush();

    // The estimate of its size is the other one.
    expect(looks).toBe(140);
    expect(transports.map(({ taken }) => taken)).toEqual([70, 70, 70]);
  });

  test('a span larger than a request travels alone, and those around it within the limit', async () => {
    const maxBytes = 20_000;
    const setup = setUp({ batch: { maxBytes } });
    const spans = makeSpans(100);
    spans[50] = makeSpan({ attributes: { text: 'x'.repeat(maxBytes * 3) } });
    for (const span of spans) setup.processor.onEnd(span);
    await setup.turns();

    await setup.processor.forceFlush();

    const sizes = setup.transport.bodies.map((body) => ({
      items: countItems(body, 'traces'),
      bytes: body.length,
    }));
    expect(sizes.filter(({ bytes }) => bytes > maxBytes)).toEqual([
      { items: 1, bytes: expect.any(Number) as number },
    ]);
    expect(idsAt(setup).toSorted()).toEqual(spans.map(idOf).toSorted());
    expect(ledgerOf(setup)).toMatchObject({ queued: 0, handed: 100, dropped: {} });
  });

  test('spans that end during a flush leave with it or later, each once', async () => {
    const setup = setUp({ batch: { maxItems: 100 } });
    const spans = makeSpans(300);
    for (const span of spans.slice(0, 150)) setup.processor.onEnd(span);
    const flushed = setup.processor.forceFlush();
    for (const span of spans.slice(150)) {
      setup.processor.onEnd(span);
      await setup.clock.advance(0);
    }
    await flushed;
    expect(spans.slice(0, 150).every((span) => idsAt(setup).includes(idOf(span)))).toBe(true);

    await setup.processor.forceFlush();

    expect(idsAt(setup).toSorted()).toEqual(spans.map(idOf).toSorted());
  });

  test('what changes in a span that has been written changes nothing, and damages no request', async () => {
    const setup = setUp({ batch: { maxItems: 1000 } });
    const list = ['a'];
    const attributes: Record<string, string | number | string[]> = { text: 'as it was', list };
    const spans = makeSpans(64, { attributes });
    for (const span of spans) setup.processor.onEnd(span);
    await setup.turns();
    expect(ledgerOf(setup)).toMatchObject({ queued: 64 });

    attributes['text'] = 'z'.repeat(50_000);
    list.push('b'.repeat(50_000));
    for (let i = 0; i < 100; i++) attributes[`key ${i}`] = i;
    await setup.processor.forceFlush();

    const [body, ...others] = setup.transport.bodies;
    expect(others).toEqual([]);
    const text = JSON.stringify(decodeOtlp('traces', body!));
    expect(text.split('as it was')).toHaveLength(65);
    expect(text).not.toContain('key 1');
    expect(idsAt(setup)).toEqual(spans.map(idOf));
  });

  test('what has been written has left the queue: its bound counts what still waits, and beyond it is dropped', async () => {
    const setup = setUp({ batch: { maxItems: 400 }, queue: { maxItems: 100 } });
    for (let round = 0; round < 3; round++) {
      setup.end(100);
      await setup.turns();
    }
    // All at once: 100 find room in the queue.
    setup.end(130);

    expect(ledgerOf(setup).dropped).toEqual({ queue_full: 30 });
    await setup.processor.forceFlush();
    expect(idsAt(setup)).toHaveLength(400);
    expect(ledgerOf(setup)).toMatchObject({ ended: 430, queued: 0, handed: 400 });
  });

  test('what the memory limit sheds is counted, and what has been written before leaves whole', async () => {
    let heap = 50;
    const clock = fakeClock();
    const setup = setUp({
      clock,
      stages: [memoryLimit({ maxHeapBytes: 100, heapBytes: () => heap, checkMillis: 0, clock })],
    });
    const before = makeSpans(100);
    for (const span of before) setup.processor.onEnd(span);
    await setup.turns();
    heap = 150;
    setup.end(50);
    heap = 50;
    const after = makeSpans(10);
    for (const span of after) setup.processor.onEnd(span);

    await setup.processor.forceFlush();

    expect(idsAt(setup)).toEqual([...before, ...after].map(idOf));
    expect(ledgerOf(setup)).toMatchObject({ dropped: { memory_limit: 50 }, handed: 110 });
  });
});

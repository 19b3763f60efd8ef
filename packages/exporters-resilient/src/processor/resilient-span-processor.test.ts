import { InvalidOptionError } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { ledgerOf, setUp } from '../../test/fixtures/processor.ts';
import { scriptedTransport } from '../../test/fixtures/scripted-transport.ts';
import { resource, unsampledSpan } from '../../test/fixtures/spans.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';

test('batch_export: a full batch leaves at once, in a turn of its own', async () => {
  const setup = setUp({ batch: { maxItems: 3 } });

  setup.end(3);
  expect(setup.transport.requests).toHaveLength(0);
  await setup.turns();

  expect(setup.transport.requests.map(({ items }) => items)).toEqual([3]);
  expect(ledgerOf(setup)).toMatchObject({ ended: 3, handed: 3, queued: 0 });
});

test('batch_export: a batch that does not fill leaves after its delay', async () => {
  const setup = setUp();

  setup.end(2);
  await setup.clock.advance(4999);
  await setup.turns();
  expect(setup.transport.requests).toHaveLength(0);
  await setup.clock.advance(1);
  await setup.turns();

  expect(setup.transport.requests.map(({ items }) => items)).toEqual([2]);
});

test('batch_export: by default a batch is full with 512 spans', async () => {
  const setup = setUp();

  setup.end(511);
  await setup.turns();
  expect(setup.transport.requests).toHaveLength(0);
  setup.end(1);
  await setup.turns();

  expect(setup.transport.requests.map(({ items }) => items)).toEqual([512]);
});

test('by default 2048 spans wait in the queue', () => {
  const setup = setUp();

  setup.end(2049);

  expect(ledgerOf(setup)).toMatchObject({ ended: 2049, queued: 2048, dropped: { queue_full: 1 } });
});

test('batch_export: a batch is cut by bytes as well as by number', async () => {
  const setup = setUp({ batch: { maxBytes: 20_000 } });

  setup.end(5, { attributes: { prompt: 'x'.repeat(6000) } });
  await setup.processor.forceFlush();

  expect(setup.transport.requests.map(({ items }) => items)).toEqual([1, 1, 1, 1, 1]);
});

test('a request that turns out larger than estimated is split before it is sent', async () => {
  const setup = setUp({ batch: { maxBytes: 25_000 } });

  // Three bytes for each character, where the estimate has two.
  setup.end(2, { attributes: { prompt: '東'.repeat(5000) } });
  await setup.processor.forceFlush();

  expect(setup.transport.requests.map(({ items }) => items)).toEqual([1, 1]);
  expect(ledgerOf(setup).destinations).toMatchObject({ otlp: { exported: 2 } });
});

test('the newest span is dropped when the queue is full, by number or by bytes', () => {
  const byNumber = setUp({ queue: { maxItems: 2 } });
  byNumber.end(3);
  expect(ledgerOf(byNumber)).toMatchObject({ ended: 3, queued: 2, dropped: { queue_full: 1 } });

  const byBytes = setUp({ queue: { maxBytes: 5000 } });
  byBytes.end(3, { attributes: { prompt: 'x'.repeat(1000) } });
  expect(ledgerOf(byBytes)).toMatchObject({ ended: 3, queued: 1, dropped: { queue_full: 2 } });
});

test('a span that was only recorded counts as sampled out', () => {
  const setup = setUp();

  setup.processor.onEnd(unsampledSpan());

  expect(ledgerOf(setup)).toMatchObject({ ended: 1, sampledOut: { not_sampled: 1 }, queued: 0 });
});

test('a dead destination keeps no span from another', async () => {
  const dead = scriptedTransport('hang');
  const good = scriptedTransport();
  const url = 'http://localhost/';
  const setup = setUp({
    destinations: [
      otlpDestination({ name: 'dead', url, transport: dead }),
      otlpDestination({ name: 'good', url, transport: good }),
    ],
    batch: { maxItems: 1 },
  });

  setup.end(50);
  for (let i = 0; i < 10; i++) await setup.turns();

  expect(good.taken).toBe(50);
  expect(ledgerOf(setup).destinations).toMatchObject({
    dead: { inFlight: 50 },
    good: { exported: 50, inFlight: 0 },
  });
});

test('spans wait for a resource that is still being detected', async () => {
  let detected: () => void = () => undefined;
  const pending = {
    ...resource,
    asyncAttributesPending: true,
    waitForAsyncAttributes: () =>
      new Promise<void>((resolve) => {
        detected = resolve;
      }),
  };
  const setup = setUp({ batch: { maxItems: 1 } });

  setup.end(1, { resource: pending });
  await setup.turns();
  expect(setup.transport.requests).toHaveLength(0);
  expect(ledgerOf(setup).queued).toBe(1);
  detected();
  await setup.turns();

  expect(setup.transport.taken).toBe(1);
});

test('a resource that is never detected holds spans up for five seconds only', async () => {
  const setup = setUp({ batch: { maxItems: 1 } });
  const pending = {
    ...resource,
    asyncAttributesPending: true,
    waitForAsyncAttributes: () => new Promise<void>(() => undefined),
  };

  setup.end(1, { resource: pending });
  await setup.turns();
  await setup.clock.advance(5000);
  await setup.turns();

  expect(setup.transport.taken).toBe(1);
});

test.for([
  [{ destinations: [] }, 'destinations'],
  [{ queue: { maxItems: 0 } }, 'queue.maxItems'],
  [{ queue: { maxBytes: Number.NaN } }, 'queue.maxBytes'],
  [{ batch: { maxItems: 1.5 } }, 'batch.maxItems'],
  [{ batch: { delayMillis: -1 } }, 'batch.delayMillis'],
  [{ retry: { maxElapsedMillis: -1 } }, 'retry.maxElapsedMillis'],
  [{ buffer: { maxItems: 0 } }, 'buffer.maxItems'],
  [{ exportTimeoutMillis: -1 }, 'exportTimeoutMillis'],
] as const)('%j is refused, naming %s', ([options, name]) => {
  expect(() => setUp(options)).toThrow(InvalidOptionError);
  expect(() => setUp(options)).toThrow(name);
});

test('two destinations of one name are refused', () => {
  const url = 'http://localhost/';
  const destinations = [otlpDestination({ url }), otlpDestination({ url })];

  expect(() => setUp({ destinations })).toThrow('destinations[1].name is "otlp"');
});

test('who can wait is told when there is room again, or that there is none in time', async () => {
  const setup = setUp({ queue: { maxItems: 10 }, batch: { delayMillis: 1000 } });
  expect(await setup.processor.ready()).toBe(true);
  setup.end(8);

  const inTime = setup.processor.ready({ timeoutMillis: 5000 });
  const tooLate = setup.processor.ready({ timeoutMillis: 100 });
  await setup.clock.advance(200);
  expect(await tooLate).toBe(false);
  await setup.clock.advance(2000);

  expect(await inTime).toBe(true);
});

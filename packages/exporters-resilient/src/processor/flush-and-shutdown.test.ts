import type { ReadableSpan } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { ledgerOf, setUp } from '../../test/fixtures/processor.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import type { Transport } from '../transport/transport.ts';

afterEach(() => {
  diag.disable();
});

test('a flush waits for the batch that is in flight already', async () => {
  const answers: (() => void)[] = [];
  const transport: Transport = {
    send: () =>
      new Promise((resolve) => {
        answers.push(() =>
          resolve({ status: 200, header: () => undefined, body: new Uint8Array() }),
        );
      }),
  };
  const setup = setUp({
    destinations: [otlpDestination({ url: 'http://localhost/', transport })],
    batch: { maxItems: 1 },
  });
  setup.end(1);
  await setup.turns();
  let flushed = false;

  const flush = setup.processor.forceFlush().then(() => {
    flushed = true;
  });
  await setup.turns();
  expect([answers.length, flushed]).toEqual([1, false]);
  answers[0]!();
  await flush;

  expect(ledgerOf(setup).destinations).toMatchObject({ otlp: { exported: 1, inFlight: 0 } });
});

test('a flush takes what the stages hold', async () => {
  const held: ReadableSpan[] = [];
  const setup = setUp({
    stages: [
      (next) => ({
        onEnd: (span) => held.push(span),
        heldSpans: () => held.length,
        drain() {
          for (const span of held.splice(0)) next.onEnd(span);
        },
      }),
    ],
  });

  setup.end(2);
  expect(ledgerOf(setup)).toMatchObject({ undecided: 2, queued: 0 });
  await setup.processor.forceFlush();

  expect(setup.transport.taken).toBe(2);
});

test('a flush ends after its timeout, says so, and the export goes on', async () => {
  const warn = vi.fn();
  diag.setLogger({ error: warn, warn, info() {}, debug() {}, verbose() {} });
  const setup = setUp();
  setup.transport.script = ['hang'];
  setup.end(1);

  const flush = setup.processor.forceFlush({ timeoutMillis: 100 });
  await setup.turns();
  await setup.clock.advance(100);
  await flush;

  expect(warn.mock.calls.flat().join()).toContain('flush not finished after 100 ms');
  expect(ledgerOf(setup).destinations).toMatchObject({ otlp: { inFlight: 1 } });
});

test('by default a flush waits for 25 seconds, less than the providers of OpenTelemetry do before they reject', async () => {
  const setup = setUp();
  setup.transport.script = ['hang'];
  setup.end(1);
  const flushed = vi.fn();

  const flush = setup.processor.forceFlush().then(flushed);
  await setup.clock.advance(24_999);
  expect(flushed).not.toHaveBeenCalled();
  await setup.clock.advance(1);
  await flush;

  expect(flushed).toHaveBeenCalledOnce();
});

test('a flush takes the last batch, too, though it is not full', async () => {
  const setup = setUp({ batch: { maxItems: 2 } });
  setup.end(3);

  await setup.processor.forceFlush();

  expect(setup.transport.taken).toBe(3);
});

test('graceful_shutdown_flushes_all: every queued span is delivered before the processor closes', async () => {
  const setup = setUp({ batch: { maxItems: 10 } });
  setup.end(25);

  await setup.processor.shutdown();

  expect(setup.transport.taken).toBe(25);
  expect(ledgerOf(setup)).toMatchObject({ ended: 25, handed: 25, dropped: {} });
});

test('graceful_shutdown_flushes_all: a span that ends while the shutdown flushes is delivered as well', async () => {
  const setup = setUp();
  setup.end(1);

  const stopped = setup.processor.shutdown();
  setup.end(1);
  await stopped;

  expect(setup.transport.taken).toBe(2);
});

test('shutdown_timeout_drops_remaining: what a receiver that hangs has not taken is counted, and the shutdown ends', async () => {
  const setup = setUp({ batch: { maxItems: 10 } });
  setup.transport.script = ['hang'];
  setup.end(25);

  const stopped = setup.processor.shutdown({ timeoutMillis: 2000 });
  await setup.turns();
  await setup.clock.advance(2000);
  await stopped;

  expect(ledgerOf(setup)).toMatchObject({
    ended: 25,
    handed: 25,
    destinations: { otlp: { dropped: { shutdown_timeout: 25 }, inFlight: 0 } },
  });
});

test('shutdown_timeout_drops_remaining: with no time at all the queue is dropped and counted', async () => {
  const setup = setUp();
  setup.end(5);

  const stopped = setup.processor.shutdown({ timeoutMillis: 0 });
  await setup.clock.advance(0);
  await stopped;

  const { dropped, destinations } = ledgerOf(setup);
  expect((dropped['shutdown_timeout'] ?? 0) + (destinations['otlp']?.exported ?? 0)).toBe(5);
});

test('a shutdown tries again at once and not only after the back-off', async () => {
  const setup = setUp({
    batch: { maxItems: 1 },
    retry: { initialDelayMillis: 60_000, maxDelayMillis: 60_000 },
  });
  setup.transport.script = [{ status: 503 }, { status: 200 }];
  setup.end(1);
  await setup.turns();
  expect(setup.transport.taken).toBe(0);

  await setup.processor.shutdown();

  expect(setup.transport.taken).toBe(1);
});

test('a second shutdown is the first, and spans that end after it are counted', async () => {
  const setup = setUp();

  const first = setup.processor.shutdown();
  expect(setup.processor.shutdown()).toBe(first);
  await first;
  setup.end(2);
  await setup.processor.forceFlush();

  expect(ledgerOf(setup)).toMatchObject({ ended: 2, dropped: { already_shutdown: 2 } });
  expect(setup.clock.pendingTimers).toEqual([]);
});

test('the shutdown says in one line where everything went, and nothing where there was nothing', async () => {
  const info = vi.fn<(message: string) => void>();
  diag.setLogger({ error() {}, warn() {}, info, debug() {}, verbose() {} });
  const [used, unused] = [setUp(), setUp()];
  used.end(3);

  await used.processor.shutdown();
  await unused.processor.shutdown();

  expect(
    info.mock.calls.map(([message]) => message).filter((text) => text.includes('ended')),
  ).toEqual([
    'llm-otel: at shutdown traces: ended 3 = sampled_out 0 + undecided 0 + queued 0 + dropped 0 + handed 3 | otlp: handed 3 = exported 3 + rejected 0 + dropped 0 + in_flight 0 + spooled 0',
  ]);
});

import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, expect, test } from 'vitest';
import {
  DELIVERED,
  destinationErrors,
  testDelivery,
  UNAVAILABLE,
} from '../../test/fixtures/delivery.ts';

afterEach(() => context.disable());

test('a payload that is taken counts as exported', async () => {
  const { give, answer, ledger } = testDelivery();

  give('a', 3);
  expect(ledger()).toMatchObject({ handed: 3, inFlight: 3 });
  await answer(DELIVERED);

  expect(ledger()).toMatchObject({ handed: 3, exported: 3, inFlight: 0 });
});

test('a transient failure is tried again after a wait that doubles', async () => {
  const { give, answer, attempts, clock, ledger } = testDelivery();

  give('a');
  for (const wait of [1000, 2000, 4000]) {
    await answer(UNAVAILABLE);
    const before = attempts.length;
    await clock.advance(wait - 1);
    expect(attempts).toHaveLength(before);
    await clock.advance(1);
    expect(attempts).toHaveLength(before + 1);
  }
  await answer(DELIVERED);

  expect(ledger()).toMatchObject({ exported: 1, inFlight: 0 });
});

test('the wait is a random part of what it may be, and never longer than the longest', async () => {
  const { give, answer, attempts, clock } = testDelivery({
    random: () => 0.25,
    retry: { maxDelayMillis: 2000 },
  });

  give('a');
  for (const wait of [250, 500, 500]) {
    const before = attempts.at(-1)!.at;
    await answer(UNAVAILABLE);
    await clock.advance(wait);
    expect(attempts.at(-1)!.at).toBe(before + wait);
  }
});

test('Retry-After pauses the whole destination, and hurrying does not shorten it', async () => {
  const { give, answer, attempts, clock, delivery } = testDelivery({ concurrency: 4 });

  give('a');
  await answer({ kind: 'retry', reason: 'http_429', afterMillis: 60_000 });
  give('b');
  delivery.hurry();
  await clock.advance(59_999);
  expect(attempts).toHaveLength(1);
  await clock.advance(1);

  expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'a']);
});

test('a receiver that asks for less than the back-off gets its will', async () => {
  const { give, answer, attempts, clock } = testDelivery();

  give('a');
  await answer({ kind: 'retry', reason: 'http_503', afterMillis: 20 });
  await clock.advance(20);

  expect(attempts).toHaveLength(2);
});

test('a receiver that asks for no time is not asked again at once', async () => {
  const { give, answer, attempts, clock } = testDelivery();

  give('a');
  await answer({ kind: 'retry', reason: 'http_503', afterMillis: 0 });
  await clock.advance(20);

  expect(attempts).toHaveLength(1);
});

test('a Retry-After of days is cut to the longest pause', async () => {
  const { give, answer, attempts, clock } = testDelivery({ retry: { maxRetryAfterMillis: 5000 } });

  give('a');
  await answer({ kind: 'retry', reason: 'http_503', afterMillis: 9e9 });
  await clock.advance(5000);

  expect(attempts).toHaveLength(2);
});

test('a payload is dropped when its time for retries is over, and after a pause it has one more chance', async () => {
  const { give, answer, attempts, clock, ledger } = testDelivery({
    retry: { maxElapsedMillis: 3000 },
  });

  give('a', 2);
  await answer({ kind: 'retry', reason: 'http_503', afterMillis: 10_000 });
  await clock.advance(10_000);
  expect(attempts).toHaveLength(2);
  await answer(UNAVAILABLE);

  expect(ledger()).toMatchObject({ dropped: { retry_exhausted: 2 }, inFlight: 0 });
});

test('what the receiver refuses is counted by status and not sent again', async () => {
  const { give, answer, attempts, ledger, clock } = testDelivery();

  give('a', 2);
  await answer({ kind: 'refused', reason: 'http_400' });
  await clock.advance(60_000);

  expect(attempts).toHaveLength(1);
  expect(ledger()).toMatchObject({ rejected: { http_400: 2 }, inFlight: 0 });
});

test.for([
  [1, { exported: 2, rejected: { partial_success: 1 } }],
  [99, { exported: 0, rejected: { partial_success: 3 } }],
  [-5, { exported: 3, rejected: {} }],
] as const)(
  'a partial success with %i rejected of 3 is counted and not sent again',
  async ([rejected, expected]) => {
    const { give, answer, attempts, ledger } = testDelivery();

    give('a', 3);
    await answer({ kind: 'delivered', rejected, message: 'no' });

    expect(attempts).toHaveLength(1);
    expect(ledger()).toMatchObject({ ...expected, inFlight: 0 });
  },
);

test('a payload that is too large is halved until it fits; one item that is too large is rejected', async () => {
  const { give, answer, attempts, ledger } = testDelivery();

  give('a', 3);
  await answer({ kind: 'too_large', reason: 'http_413' });
  expect(attempts.at(-1)!.payload).toMatchObject({ id: 'a.0', items: 1 });
  await answer({ kind: 'too_large', reason: 'http_413' });
  expect(attempts.at(-1)!.payload).toMatchObject({ id: 'a.1', items: 2 });
  await answer(DELIVERED);

  expect(ledger()).toMatchObject({ exported: 2, rejected: { http_413: 1 }, inFlight: 0 });
});

test('an attempt that hangs is ended after its deadline and tried again, and a late answer changes nothing', async () => {
  const { give, answer, attempts, clock, ledger } = testDelivery();

  give('a');
  await clock.advance(10_000);
  expect(attempts[0]!.signal.aborted).toBe(true);
  await answer(DELIVERED, 0);
  expect(ledger()).toMatchObject({ exported: 0, inFlight: 1 });
  await clock.advance(1000);
  await answer(DELIVERED);

  expect(ledger()).toMatchObject({ exported: 1, inFlight: 0 });
});

test('a rejected promise is a transient failure', async () => {
  const { give, answer, attempts, clock, ledger } = testDelivery();

  give('a');
  attempts[0]!.fail(Object.assign(new Error('fetch failed'), { cause: { code: 'ECONNREFUSED' } }));
  await clock.advance(1000);
  await answer(DELIVERED);

  expect(ledger()).toMatchObject({ exported: 1 });
});

test('attempts run side by side while all is well, one at a time after a failure, and more with each success', async () => {
  const { give, answer, attempts, clock } = testDelivery({ concurrency: 3 });

  for (const id of ['a', 'b', 'c', 'd']) give(id);
  expect(attempts).toHaveLength(3);
  for (const index of [0, 1, 2]) await answer(UNAVAILABLE, index);
  await clock.advance(1000);
  expect(attempts).toHaveLength(4);
  await answer(DELIVERED);
  expect(attempts).toHaveLength(6);
  await answer(DELIVERED);

  expect(attempts).toHaveLength(7);
});

test('attempts that fail side by side count as one failure', async () => {
  const { give, answer, attempts, clock } = testDelivery({ concurrency: 4 });

  for (const id of ['a', 'b', 'c', 'd']) give(id);
  await clock.advance(5);
  for (const index of [0, 1, 2, 3]) await answer(UNAVAILABLE, index);
  await clock.advance(1000);

  expect(attempts).toHaveLength(5);
});

test('a payload that does not fit the buffer is dropped for this destination', () => {
  const { give, ledger } = testDelivery({ buffer: { maxItems: 3, maxBytes: 1000 } });

  expect(give('a', 2)).toBe(true);
  expect(give('b', 2)).toBe(false);
  expect(give('c', 1, 901)).toBe(false);
  expect(give('d', 1, 900)).toBe(true);

  expect(ledger()).toMatchObject({ dropped: { buffer_full: 3 }, inFlight: 3 });
});

test('a payload that is larger than the whole buffer is tried when nothing else is there', async () => {
  const { give, answer, ledger } = testDelivery({ buffer: { maxBytes: 10 } });

  expect(give('a', 1, 5000)).toBe(true);
  await answer(DELIVERED);

  expect(ledger()).toMatchObject({ exported: 1 });
});

test('idle waits for what is in flight, also over retries', async () => {
  const { give, answer, clock, delivery } = testDelivery();
  let idle = false;
  await delivery.idle();

  give('a');
  void delivery.idle().then(() => {
    idle = true;
  });
  await answer(UNAVAILABLE);
  expect(idle).toBe(false);
  await clock.advance(1000);
  await answer(DELIVERED);

  expect(idle).toBe(true);
});

test('idleOrTroubled stops waiting at the first failure', async () => {
  const { give, answer, clock, delivery } = testDelivery();
  let settled = false;
  give('a');
  void delivery.idleOrTroubled().then(() => {
    settled = true;
  });
  await clock.advance(0);
  expect(settled).toBe(false);

  await answer(UNAVAILABLE);

  expect(settled).toBe(true);
  await delivery.idleOrTroubled();
});

test('hurrying ends the back-off', async () => {
  const { give, answer, attempts, delivery } = testDelivery();

  give('a');
  await answer(UNAVAILABLE);
  delivery.hurry();

  expect(attempts).toHaveLength(2);
});

test('closing drops what is left, ends the attempts and wakes who waits; later payloads are dropped as well', async () => {
  const { give, delivery, attempts, ledger, clock, answer } = testDelivery();
  give('a', 2);
  give('b', 3);
  const idle = delivery.idle();

  delivery.close('shutdown_timeout');
  delivery.close('again');
  await idle;
  give('c');
  await answer(DELIVERED, 0);
  await clock.advance(60_000);

  expect(attempts).toHaveLength(1);
  expect(attempts[0]!.signal.aborted).toBe(true);
  expect(ledger()).toMatchObject({ dropped: { shutdown_timeout: 6 }, inFlight: 0 });
  expect(destinationErrors(ledger())).toEqual([]);
  expect(clock.pendingTimers).toEqual([]);
});

test('an attempt runs outside the trace of whoever handed the payload on, and instrumented clients record nothing', async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const { give, answer, attempts, clock, delivery } = testDelivery();
  const seen: boolean[] = [];
  const key = createContextKey('request');
  const tracer = new TracerProvider().getTracer('an instrumented client');
  const look = (): void => {
    const records = tracer.startSpan('POST').isRecording();
    seen.push(records, context.active().getValue(key) === undefined);
  };
  const push = attempts.push.bind(attempts);
  attempts.push = (...added) => {
    look();
    return push(...added);
  };

  context.with(ROOT_CONTEXT.setValue(key, 'mine'), () => give('a'));
  await context.with(ROOT_CONTEXT.setValue(key, 'mine'), async () => {
    await answer(UNAVAILABLE);
    delivery.hurry();
  });
  await clock.advance(1000);

  expect(tracer.startSpan('outside').isRecording()).toBe(true);
  expect(seen).toEqual([false, true, false, true]);
});

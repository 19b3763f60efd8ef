// Flushes and shutdowns that overlap, receivers that answer in part while they do, and wall clocks that jump meanwhile.
import { describe, expect, test } from 'vitest';
import { ledgerOf, setUp } from './fixtures/processor.ts';
import { spanIdsIn } from './fixtures/received.ts';

const otlp = (setup: ReturnType<typeof setUp>) => ledgerOf(setup).destinations['otlp'];

/** Whether it has resolved, asked later. */
function watch(work: Promise<unknown>): { readonly isOver: () => boolean } {
  let isOver = false;
  void work.then(() => (isOver = true));
  return { isOver: () => isOver };
}

describe('while a receiver hangs', () => {
  test('two shutdowns at once end together at the deadline of the first, and count once', async () => {
    const setup = setUp();
    setup.transport.script = ['hang'];
    setup.end(5);

    const both = [
      watch(setup.processor.shutdown({ timeoutMillis: 1000 })),
      watch(setup.processor.shutdown({ timeoutMillis: 60_000 })),
    ];
    await setup.clock.advance(999);
    expect(both.map((one) => one.isOver())).toEqual([false, false]);
    await setup.clock.advance(1);

    expect(both.map((one) => one.isOver())).toEqual([true, true]);
    expect(otlp(setup)).toMatchObject({ inFlight: 0, dropped: { shutdown_timeout: 5 } });
  });

  test('a flush that waits ends with a shutdown that begins then, and counts nothing of its own', async () => {
    const setup = setUp();
    setup.transport.script = ['hang'];
    setup.end(5);

    const flush = watch(setup.processor.flush({ timeoutMillis: 20_000 }));
    await setup.clock.advance(500);
    const stop = watch(setup.processor.shutdown({ timeoutMillis: 1000 }));
    await setup.clock.advance(1000);
    await setup.turns();

    expect([flush.isOver(), stop.isOver()]).toEqual([true, true]);
    expect(otlp(setup)).toMatchObject({ inFlight: 0, dropped: { shutdown_timeout: 5 } });
    expect(setup.clock.pendingTimers).toEqual([]);
  });

  test('a flush during a shutdown makes it neither longer nor shorter, and has its result', async () => {
    const setup = setUp();
    setup.transport.script = ['hang'];
    setup.end(5);

    const stop = watch(setup.processor.shutdown({ timeoutMillis: 1000 }));
    await setup.clock.advance(300);
    const flush = setup.processor.flush({ timeoutMillis: 100 });
    await setup.clock.advance(100);
    expect(await flush).toMatchObject({ complete: false, pending: 5 });
    expect(stop.isOver()).toBe(false);
    const late = setup.processor.flush({ timeoutMillis: 20_000 });
    await setup.clock.advance(600);

    expect(stop.isOver()).toBe(true);
    expect(await late).toMatchObject({ complete: true, pending: 0, dropped: 5 });
    expect(otlp(setup)).toMatchObject({ inFlight: 0, dropped: { shutdown_timeout: 5 } });
  });

  test('a second attempt that is taken in part settles the request: what was refused of it is counted, and nothing sent again', async () => {
    const setup = setUp();
    setup.transport.script = ['hang', { partialSuccess: 3 }, { status: 200 }];
    setup.end(10);

    const stop = setup.processor.shutdown({ timeoutMillis: 2000 });
    await setup.clock.advance(2000);
    await stop;

    expect(setup.transport.requests.map(({ items }) => items)).toEqual([10, 10]);
    expect(otlp(setup)).toMatchObject({
      exported: 7,
      rejected: { partial_success: 3 },
      dropped: {},
      inFlight: 0,
    });
    expect(setup.transport.taken).toBe(7);
  });

  test('a second attempt of which only the status comes counts as that says, at the deadline', async () => {
    const setup = setUp();
    setup.transport.script = ['hang', 'stall', { status: 200 }];
    setup.end(10);

    const stop = watch(setup.processor.shutdown({ timeoutMillis: 2000 }));
    await setup.clock.advance(2000);

    expect(stop.isOver()).toBe(true);
    expect(otlp(setup)).toMatchObject({ exported: 10, dropped: {}, inFlight: 0 });
    expect(setup.transport.bodies.flatMap((body) => spanIdsIn(body))).toHaveLength(10);
  });

  test('a second attempt that is too large ends the first, and its halves arrive once', async () => {
    const setup = setUp();
    setup.transport.script = ['hang', { status: 413 }, { status: 200 }];
    setup.end(10);

    const stop = setup.processor.shutdown({ timeoutMillis: 2000 });
    await setup.clock.advance(2000);
    await stop;

    const ids = setup.transport.bodies.flatMap((body) => spanIdsIn(body));
    expect([ids.length, new Set(ids).size]).toEqual([10, 10]);
    expect(otlp(setup)).toMatchObject({ exported: 10, dropped: {}, rejected: {}, inFlight: 0 });
  });
});

const HOUR = 3_600_000;

describe.each([
  ['forward', 5 * HOUR],
  ['back', -5 * HOUR],
])('a wall clock that jumps %s by hours', (_where, jump) => {
  test('shortens and lengthens no back-off', async () => {
    const setup = setUp();
    setup.transport.script = [{ status: 503 }, { status: 200 }];
    setup.end(1);
    const flushed = setup.processor.forceFlush();
    await setup.turns();
    const [wait] = setup.clock.pendingTimers;
    setup.clock.jump(jump);

    await setup.clock.advance(wait! - 1);
    expect(setup.transport.requests).toHaveLength(1);
    await setup.clock.advance(1);

    await flushed;
    expect(otlp(setup)).toMatchObject({ exported: 1 });
  });

  test('changes nothing of a pause that the receiver asked for in seconds', async () => {
    const setup = setUp();
    setup.transport.script = [{ status: 429, retryAfter: '10' }, { status: 200 }];
    setup.end(1);
    const flushed = setup.processor.forceFlush();
    await setup.turns();
    setup.clock.jump(jump);

    await setup.clock.advance(9999);
    expect(setup.transport.requests).toHaveLength(1);
    await setup.clock.advance(1000);

    await flushed;
    expect(otlp(setup)).toMatchObject({ exported: 1 });
  });

  test('nor of one that it asked for as a date, once it is known', async () => {
    const setup = setUp();
    const until = new Date(setup.clock.epochMillis() + 10_000).toUTCString();
    setup.transport.script = [{ status: 503, retryAfter: until }, { status: 200 }];
    setup.end(1);
    const flushed = setup.processor.forceFlush();
    await setup.turns();
    setup.clock.jump(jump);

    await setup.clock.advance(9000);
    expect(setup.transport.requests).toHaveLength(1);
    await setup.clock.advance(2000);

    await flushed;
    expect(otlp(setup)).toMatchObject({ exported: 1 });
  });

  test('lets an open circuit be probed when its time is over, not sooner and not later', async () => {
    const setup = setUp();
    setup.transport.script = [{ status: 503 }];
    setup.end(1);
    const circuit = (): unknown => otlp(setup)?.circuits?.['otlp'];
    void setup.processor.forceFlush();
    for (let passed = 0; circuit() !== 'open' && passed < 60_000; passed += 100)
      await setup.clock.advance(100);
    expect(circuit()).toBe('open');
    const asked = setup.transport.requests.length;
    setup.transport.script = [{ status: 200 }];
    const wait = Math.min(...setup.clock.pendingTimers.filter((millis) => millis > 100));
    setup.clock.jump(jump);

    await setup.clock.advance(wait - 1);
    expect(setup.transport.requests).toHaveLength(asked);
    await setup.clock.advance(1);

    expect(otlp(setup)).toMatchObject({ exported: 1, circuits: { otlp: 'closed' } });
  });

  test('does not move the deadline of a shutdown', async () => {
    const setup = setUp();
    setup.transport.script = ['hang'];
    setup.end(3);
    const stop = watch(setup.processor.shutdown({ timeoutMillis: 1000 }));
    await setup.clock.advance(500);
    setup.clock.jump(jump);

    await setup.clock.advance(499);
    expect(stop.isOver()).toBe(false);
    await setup.clock.advance(1);

    expect(stop.isOver()).toBe(true);
    expect(otlp(setup)).toMatchObject({ dropped: { shutdown_timeout: 3 }, inFlight: 0 });
  });
});

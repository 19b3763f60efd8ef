// What is on its way when the time of a shutdown is nearly over, where there is a spool.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeClock } from '@llm-otel/testing';
import { otlpDestination, resilientSpanProcessor, type Transport } from '../src/index.ts';
import { diskSpool } from '../src/spool/index.ts';
import { during, ONLY_503, startLife } from './fixtures/lives.ts';
import { spanIdsIn } from './fixtures/received.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const SPANS = 1000;
const TIMEOUT = 2000;

/** More than a receiver takes in the time of a shutdown, in the spool. */
async function leaveBehind(): Promise<void> {
  const life = startLife({
    directory: folder.path,
    script: ONLY_503,
    options: { queue: { maxItems: SPANS }, batch: { maxItems: 10 } },
  });
  life.end(SPANS);
  await life.during(life.processor.shutdown({ timeoutMillis: 3000 }), 4000);
  expect(life.ledger().destinations['otlp']!.spooled).toBe(SPANS);
}

/** A process that ends while it delivers that to a receiver which has each request at once and answers so much later. */
async function endMeanwhile(answerMillis: number) {
  const clock = fakeClock();
  const bodies: Uint8Array[] = [];
  const transport: Transport = {
    send({ body, signal }) {
      bodies.push(new Uint8Array(body));
      return new Promise((resolve, reject) => {
        clock.setTimer(
          () => resolve({ status: 200, header: () => undefined, body: new Uint8Array() }),
          answerMillis,
        );
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    },
  };
  const processor = resilientSpanProcessor({
    destinations: [otlpDestination({ url: 'http://localhost/v1/traces', transport })],
    spool: diskSpool({ directory: folder.path }),
    clock,
  });
  let took = Infinity;
  const ended = processor.shutdown({ timeoutMillis: TIMEOUT }).then(() => {
    took = clock.monotonicMillis();
  });
  const begun = clock.monotonicMillis();
  await during(clock, ended, TIMEOUT + 500);
  return { account: processor.ledger().destinations['otlp']!, bodies, took: took - begun };
}

const idsOf = (bodies: readonly Uint8Array[]): string[] =>
  bodies.flatMap((body) => spanIdsIn(body));

test('what is on its way has its answer waited for, and is not sent again by the next process', async () => {
  await leaveBehind();

  const { account, bodies, took } = await endMeanwhile(130);
  const next = startLife({ directory: folder.path });
  await next.clock.advance(60_000);

  const first = idsOf(bodies);
  const second = idsOf(next.transport.bodies);
  expect(first.length).toBeGreaterThan(100);
  expect(second.length).toBeGreaterThan(100);
  expect(took).toBeLessThanOrEqual(TIMEOUT);
  expect(account).toMatchObject({ exported: first.length, spooled: SPANS - first.length });
  expect(new Set([...first, ...second]).size).toBe(SPANS);
  expect(first.length + second.length).toBe(SPANS);
});

test('an answer that would come behind the deadline is not waited for, and what it is about is spooled', async () => {
  await leaveBehind();

  const { account, bodies, took } = await endMeanwhile(1_000_000);

  // Whoever waits for it has a timer of his own for the same moment.
  expect(took).toBeLessThan(TIMEOUT);
  expect(bodies.length).toBeGreaterThan(0);
  expect(account).toMatchObject({ exported: 0, inFlight: 0, spooled: SPANS, dropped: {} });
});

test('killed while it waits for the last answers, a process loses nothing', async () => {
  await leaveBehind();
  const clock = fakeClock();
  const life = startLife({ directory: folder.path, script: ['hang'], clock });
  life.end(50);
  void life.processor.shutdown({ timeoutMillis: TIMEOUT });
  await clock.advance(TIMEOUT - 150);

  // In memory as well, and not at rest: one that is killed now leaves all of it.
  expect(life.ledger().destinations['otlp']!.inFlight).toBeGreaterThan(0);
  expect(life.processor.held()).toEqual({ spooled: SPANS + 50, pending: 0 });
});

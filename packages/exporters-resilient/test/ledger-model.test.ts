import { type LedgerSnapshot, ledgerErrors, type SpanStage, total } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { otlpDestination, resilientSpanProcessor } from '../src/index.ts';
import { type Answer, scriptedTransport } from './fixtures/scripted-transport.ts';
import { spanIdsIn } from './fixtures/received.ts';
import { makeSpan, unsampledSpan } from './fixtures/spans.ts';

const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ status: 200 }) },
  fc.constant({ status: 503 }),
  fc.constant({ status: 429, retryAfter: '3' }),
  fc.constant({ status: 413 }),
  fc.constant({ status: 400 }),
  fc.constant({ status: 200, body: new TextEncoder().encode('welcome') }),
  fc.constant('page' as const),
  fc.constant('stall' as const),
  fc.constant('reset' as const),
  fc.constant('hang' as const),
  fc.nat({ max: 5 }).map((partialSuccess) => ({ partialSuccess })),
);

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('end' as const), spans: fc.nat({ max: 30 }) }),
  },
  fc.record({ do: fc.constant('end unsampled' as const), spans: fc.nat({ max: 5 }) }),
  fc.record({ do: fc.constant('end unreadable' as const), spans: fc.nat({ max: 3 }) }),
  fc.record({ do: fc.constant('end forbidden' as const), spans: fc.nat({ max: 3 }) }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('script' as const),
      to: fc.nat({ max: 1 }),
      answers: fc.array(answer, { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      millis: fc.constantFrom(0, 1, 500, 5000, 10_000, 40_000),
    }),
  },
  fc.record({ do: fc.constant('flush' as const), timeoutMillis: fc.constantFrom(0, 100, 20_000) }),
);

/** Holds every third span until it is drained. */
const holding: SpanStage = (next) => {
  let held: Parameters<typeof next.onEnd>[0][] = [];
  let count = 0;
  return {
    onEnd(span) {
      if (++count % 3 === 0) held.push(span);
      else next.onEnd(span);
    },
    heldSpans: () => held.length,
    drain() {
      for (const span of held.splice(0)) next.onEnd(span);
    },
    close() {
      held = [];
    },
  };
};

test(
  'whatever happens, at every moment every span is somewhere, and the receivers have what the ledger says',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(0, 5000),
        fc.constantFrom(undefined, 2000, 4000),
        async (steps, shutdownMillis, maxBytes) => {
          const clock = fakeClock();
          const transports = [scriptedTransport(), scriptedTransport()];
          const processor = resilientSpanProcessor({
            destinations: transports.map((transport, index) =>
              otlpDestination({
                name: `to ${index}`,
                url: 'http://localhost/',
                transport,
                concurrency: 2,
              }),
            ),
            stages: [holding],
            transforms: [
              {
                name: 'redaction',
                transform(span) {
                  if (span.name === 'forbidden') throw new Error('no');
                  return span;
                },
              },
            ],
            queue: { maxItems: 50 },
            batch: { maxItems: 10, maxBytes },
            buffer: { maxItems: 60 },
            retry: { maxElapsedMillis: 20_000 },
            clock,
            random: () => 0.5,
          });
          const check = (): LedgerSnapshot => {
            const snapshot = processor.ledger();
            expect(ledgerErrors(snapshot)).toEqual([]);
            return snapshot;
          };
          const endAll = (spans: number, make: () => ReturnType<typeof makeSpan>): void => {
            for (let i = 0; i < spans; i++) {
              processor.onEnd(make());
              check();
            }
          };
          let ended = 0;
          const waiting: Promise<void>[] = [];

          for (const now of steps) {
            if ('spans' in now) ended += now.spans;
            if (now.do === 'end') endAll(now.spans, makeSpan);
            else if (now.do === 'end unsampled') endAll(now.spans, unsampledSpan);
            else if (now.do === 'end forbidden')
              endAll(now.spans, () => makeSpan({ name: 'forbidden' }));
            else if (now.do === 'end unreadable') endAll(now.spans, unreadableSpan);
            else if (now.do === 'script') transports[now.to]!.script = [...now.answers];
            else if (now.do === 'flush') waiting.push(processor.forceFlush(now));
            else {
              for (let passed = 0; passed < now.millis; passed += 500) {
                await clock.advance(Math.min(500, now.millis - passed));
                check();
              }
            }
            await clock.advance(0);
            check();
          }
          const stopped = processor.shutdown({ timeoutMillis: shutdownMillis });
          for (let i = 0; i < 40; i++) {
            await clock.advance(1000);
            check();
          }
          await Promise.all([stopped, ...waiting]);
          processor.onEnd(makeSpan());
          const end = check();

          expect(end.ended).toBe(ended + 1);
          expect(end.queued + end.undecided).toBe(0);
          expect(end.dropped['already_shutdown']).toBe(1);
          transports.forEach((transport, index) => {
            const destination = end.destinations[`to ${index}`]!;
            expect(destination.exported).toBe(transport.taken);
            const arrived = transport.bodies.flatMap((body) => spanIdsIn(body));
            expect(new Set(arrived).size).toBe(arrived.length);
            expect(destination.inFlight).toBe(0);
            expect(
              destination.exported + total(destination.rejected) + total(destination.dropped),
            ).toBe(end.handed);
          });
        },
      ),
      { numRuns: 1000 },
    );
  },
);

/** Half of them can be measured and then not be read. */
function unreadableSpan(): ReturnType<typeof makeSpan> {
  let readable = unreadable++ % 2;
  return Object.defineProperty({ ...makeSpan() }, 'spanContext', {
    get() {
      if (readable-- > 0) return context;
      throw new Error('no');
    },
  });
}
const context = makeSpan().spanContext;
let unreadable = 0;

import { ledgerErrors, type ReadableSpan, spanView } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { ledgerOf, setUp } from '../../test/fixtures/processor.ts';
import { makeSpan, unsampledSpan } from '../../test/fixtures/spans.ts';
import { exporterDestination } from '../destinations/exporter-destination.ts';

test('an unsampled span that a stage has marked as sampled is exported', async () => {
  const setup = setUp({
    stages: [
      undefined,
      (next) => ({
        onEnd: (span) =>
          next.onEnd(
            spanView(span, { spanContext: () => ({ ...span.spanContext(), traceFlags: 1 }) }),
          ),
      }),
    ],
  });

  setup.processor.onEnd(unsampledSpan());
  await setup.processor.forceFlush();

  expect(setup.transport.taken).toBe(1);
});

test('a transform changes what is exported, and the original stays as it is', async () => {
  const seen: string[] = [];
  const setup = setUp({
    destinations: [
      {
        name: 'memory',
        open: ({ ledger }) => ({
          accept(batch) {
            if (batch.signal === 'traces')
              seen.push(...(batch.objects ?? []).map(({ name }) => name));
            ledger.exported(batch.items);
            return true;
          },
          forceFlush: () => Promise.resolve(),
          idleOrTroubled: () => Promise.resolve(),
          hurry: () => undefined,
          close: () => Promise.resolve(),
        }),
      },
    ],
    transforms: [
      { name: 'one', transform: (span) => spanView(span, { name: `${span.name} 1` }) },
      undefined,
      { name: 'two', transform: (span) => spanView(span, { name: `${span.name} 2` }) },
    ],
  });
  const span = makeSpan({ name: 'chat' });

  setup.processor.onEnd(span);
  await setup.processor.forceFlush();

  expect(seen).toEqual(['chat 1 2']);
  expect(span.name).toBe('chat');
});

test('a transform that throws lets nothing through, and the other spans go on', async () => {
  const setup = setUp({
    transforms: [
      {
        name: 'redaction',
        transform(span) {
          if (span.name === 'secret') throw new Error('no');
          return span;
        },
      },
    ],
  });

  setup.end(1, { name: 'secret' });
  setup.end(2);
  await setup.processor.forceFlush();

  expect(setup.transport.taken).toBe(2);
  expect(ledgerOf(setup)).toMatchObject({ ended: 3, handed: 2, dropped: { redaction_failed: 1 } });
});

test('slow transforms give the event loop a turn between spans', async () => {
  let now = 0;
  let turn = 0;
  const turns: number[] = [];
  const setup = setUp({
    clock: { ...fakeClock(), monotonicMillis: () => now },
    transforms: [
      {
        name: 'slow',
        transform(span) {
          now += 5;
          turns.push(turn);
          return span;
        },
      },
    ],
  });
  const count = (): void => {
    turn++;
    if (turn < 100) setImmediate(count);
  };
  setImmediate(count);

  setup.end(3);
  await setup.processor.forceFlush();

  expect(new Set(turns).size).toBe(3);
});

test('a stage that throws loses its span, counted, and nothing reaches the application', () => {
  const setup = setUp({
    stages: [
      () => ({
        onEnd() {
          throw new Error('no');
        },
      }),
    ],
  });

  expect(() => setup.end(2)).not.toThrow();

  expect(ledgerOf(setup)).toMatchObject({ ended: 2, dropped: { stage_failed: 2 } });
});

test('a stage that throws after it has passed the span on loses nothing', () => {
  const setup = setUp({
    stages: [
      (next) => ({
        onEnd(span) {
          next.onEnd(span);
          throw new Error('no');
        },
      }),
    ],
  });

  setup.end(2);

  expect(ledgerOf(setup)).toMatchObject({ ended: 2, queued: 2, dropped: {} });
});

test('a span whose context cannot be read is counted, and nothing reaches the application', () => {
  const setup = setUp();
  const boom = (): never => {
    throw new Error('no');
  };

  setup.processor.onEnd(
    Object.defineProperty({ ...makeSpan() }, 'spanContext', { get: boom }) as ReadableSpan,
  );

  expect(ledgerOf(setup)).toMatchObject({ ended: 1, dropped: { span_unreadable: 1 } });
});

test.each([
  ['on the usual way', undefined],
  ['on the way into the spool', 4],
])(
  'the ledger holds inside of transforms, of classifying and of exporters, %s',
  async (_way, maxItems) => {
    const wrong: string[] = [];
    let looks = 0;
    const look = (): void => {
      looks++;
      wrong.push(...ledgerErrors(setup.processor.ledger()));
    };
    let spans = 0;
    const setup = setUp({
      transforms: [
        {
          name: 'looking',
          transform(span) {
            look();
            if (span.name === 'bad') throw new Error('no');
            return span;
          },
        },
      ],
      sensitivityOf() {
        look();
        return spans++ % 2 === 0 ? 'public' : 'restricted';
      },
      destinations: [
        exporterDestination('looking', {
          export(_spans: unknown, done: (result: { code: 0 }) => void) {
            look();
            done({ code: 0 });
          },
          shutdown: () => Promise.resolve(),
        }),
      ],
      queue: { maxItems },
      ...(maxItems !== undefined && {
        spool: { open: () => ({ backlog: () => undefined, close: () => undefined }) },
      }),
    });

    setup.end(10);
    setup.end(2, { name: 'bad' });
    setup.end(4);
    await setup.processor.forceFlush();

    expect(looks).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
    expect(ledgerOf(setup)).toMatchObject({ ended: 16, dropped: { looking_failed: 2 } });
  },
);

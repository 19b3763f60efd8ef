import { ledgerErrors, type ReadableSpan, type SpanReceiver } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { setUp } from '../../test/fixtures/processor.ts';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { limitRate } from './limit-rate.ts';

interface Limited {
  readonly passed: ReadableSpan[];
  readonly dropped: Record<string, number>;
  readonly end: (name: string, count: number) => void;
}

function limited(options: Parameters<typeof limitRate>[0]): Limited {
  const passed: ReadableSpan[] = [];
  const dropped: Record<string, number> = {};
  const last: SpanReceiver = { onEnd: (span) => passed.push(span) };
  const stage = limitRate(options)(last, {
    sampledOut: () => undefined,
    dropped(reason, spans) {
      dropped[reason] = (dropped[reason] ?? 0) + spans;
    },
  });
  return {
    passed,
    dropped,
    end(name, count) {
      for (let i = 0; i < count; i++) stage.onEnd(makeSpan({ name }));
    },
  };
}

test('a name that floods loses what is over its rate, and no other name loses anything', async () => {
  const clock = fakeClock();
  const { passed, dropped, end } = limited({ spansPerSecond: 10, burst: 20, clock });

  end('flood', 100);
  end('calm', 5);
  expect(passed).toHaveLength(25);
  expect(dropped).toEqual({ rate_limited: 80 });
  await clock.advance(1000);
  end('flood', 100);

  expect(passed).toHaveLength(35);
  expect(dropped).toEqual({ rate_limited: 170 });
});

test('names without end share one allowance when there are too many to keep apart', () => {
  const clock = fakeClock();
  const { passed, end } = limited({ spansPerSecond: 10, burst: 10, maxNames: 3, clock });

  for (let i = 0; i < 100; i++) end(`GET /users/${i}`, 1);

  expect(passed).toHaveLength(3 + 10);
});

test('errors pass, whatever the rate', () => {
  const clock = fakeClock();
  const passed: ReadableSpan[] = [];
  const stage = limitRate({ spansPerSecond: 1, burst: 1, clock })(
    { onEnd: (span) => passed.push(span) },
    { sampledOut: () => undefined, dropped: () => undefined },
  );

  for (let i = 0; i < 5; i++) stage.onEnd(makeSpan({ status: { code: 2 } }));

  expect(passed).toHaveLength(5);
});

test('as a stage of the processor it is in the ledger', () => {
  const clock = fakeClock();
  const setup = setUp({ stages: [limitRate({ spansPerSecond: 5, burst: 5, clock })] });

  setup.end(12);

  const ledger = setup.processor.ledger();
  expect(ledgerErrors(ledger)).toEqual([]);
  expect(ledger.dropped).toEqual({ rate_limited: 7 });
});

test('a rate that is none is told', () => {
  expect(() => limitRate({ spansPerSecond: 0 })).toThrow(/spansPerSecond is "0"/);
});

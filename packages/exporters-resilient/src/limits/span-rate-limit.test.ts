import { InvalidOptionError, type ReadableSpan } from '@llm-otel/core';
import { fakeClock, type FakeClock } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { makeSpans } from '../../test/fixtures/spans.ts';
import { spanRateLimit, type SpanRateLimitOptions } from './span-rate-limit.ts';

interface Limited {
  readonly clock: FakeClock;
  readonly end: (count: number, name?: string, code?: number) => void;
  readonly counts: () => { readonly passed: number; readonly dropped: number };
}

function limited(options: Omit<SpanRateLimitOptions, 'clock'>): Limited {
  const clock = fakeClock();
  const passed: ReadableSpan[] = [];
  let dropped = 0;
  const stage = spanRateLimit({ ...options, clock })(
    { onEnd: (span) => passed.push(span) },
    {
      sampledOut: () => undefined,
      dropped(reason, spans) {
        expect(reason).toBe('rate_limited');
        dropped += spans;
      },
    },
  );
  return {
    clock,
    end(count, name = 'flood', code = 0) {
      for (const span of makeSpans(count, { name, status: { code } })) stage.onEnd(span);
    },
    counts: () => ({ passed: passed.length, dropped }),
  };
}

test('a flood passes at the rate, after a burst, and everything else is counted', async () => {
  const { clock, end, counts } = limited({ perSecond: 10, burst: 20 });

  end(1000);
  expect(counts()).toEqual({ passed: 20, dropped: 980 });
  await clock.advance(1000);
  end(1000);
  expect(counts()).toEqual({ passed: 30, dropped: 1970 });
  await clock.advance(3_600_000);
  end(1000);

  expect(counts()).toEqual({ passed: 50, dropped: 2950 });
});

test('a flood of one name keeps no other name out', () => {
  const { end, counts } = limited({ perSecond: 1, burst: 1 });

  end(1000);
  end(1, 'rare');

  expect(counts().passed).toBe(2);
});

test('names without end share one place, so that memory stays bounded', () => {
  const { end, counts } = limited({ perSecond: 1, burst: 5, maxNames: 10 });

  for (let i = 0; i < 1000; i++) end(1, `name ${i}`);

  expect(counts().passed).toBe(15);
});

test('the burst is ten seconds of the rate, and at least one', () => {
  const many = limited({ perSecond: 10 });
  const few = limited({ perSecond: 0.01 });

  many.end(1000);
  few.end(1000);

  expect([many.counts().passed, few.counts().passed]).toEqual([100, 1]);
});

test('a rate of 0 is refused in words that say what to give', () => {
  expect(() => spanRateLimit({ perSecond: 0 })).toThrow(/a number above 0/);
});

test.for([{ perSecond: 0 }, { perSecond: Number.NaN }, { perSecond: 1, burst: 0 }])(
  '%j is refused',
  (options) => {
    expect(() => spanRateLimit(options)).toThrow(InvalidOptionError);
  },
);

test('a flood of spans that are well keeps no error out, and one of errors is bounded too', () => {
  const { end, counts } = limited({ perSecond: 10, burst: 20 });

  end(1000);
  end(20, 'flood', 2);
  expect(counts()).toEqual({ passed: 40, dropped: 980 });
  end(1000, 'flood', 2);
  end(1, 'other', 1);
  expect(counts()).toEqual({ passed: 41, dropped: 1980 });
});

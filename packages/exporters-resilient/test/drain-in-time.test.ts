// What a flush and a shutdown do with spans whose transforms take longer than the time there is, where there is a spool.
import { ledgerErrors, type ReadableSpan, total } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { otlpDestination, resilientSpanProcessor } from '../src/index.ts';
import { nextTurn } from '../src/next-turn.ts';
import { diskSpool } from '../src/spool/index.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { type Answer, scriptedTransport } from './fixtures/scripted-transport.ts';
import { makeSpans } from './fixtures/spans.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const UNAVAILABLE: Answer[] = Array.from({ length: 10_000 }, () => ({ status: 503 }));
const HANGING: Answer[] = Array.from({ length: 100 }, () => 'hang');

/** A processor on a clock that a transform moves by `millis` for each span, as if it worked for so long. */
function slowly(millis: number, script: Answer[] = []) {
  const clock = fakeClock();
  let worked = 0;
  const working = {
    ...clock,
    monotonicMillis: () => clock.monotonicMillis() + worked,
    epochMillis: () => clock.epochMillis() + worked,
  };
  const transport = scriptedTransport();
  transport.script = script;
  const names: string[] = [];
  const processor = resilientSpanProcessor({
    destinations: [otlpDestination({ url: 'http://localhost:4318/v1/traces', transport })],
    clock: working,
    spool: diskSpool({ directory: folder.path }),
    transforms: [
      {
        name: 'redaction',
        transform(span: ReadableSpan) {
          names.push(span.name);
          worked += millis;
          return span;
        },
      },
    ],
  });
  return {
    processor,
    clock,
    names,
    end: (count: number): void => {
      for (const [index, span] of makeSpans(count).entries())
        processor.onEnd({ ...span, name: `span ${index}` });
    },
    /** The pump has some of them in its hands, and no turn comes before what is done next. */
    inHands: async (): Promise<void> => {
      while (names.length === 0) await nextTurn();
    },
  };
}

describe.each([
  ['well', []],
  ['unavailable', UNAVAILABLE],
  ['hanging', HANGING],
] as [string, Answer[]][])('a receiver that is %s', (_, script) => {
  test('a flush works for 50 ms at its end, and tells the rest as pending', async () => {
    const { processor, clock, end, names } = slowly(10, [...script]);
    end(300);

    const flushed = processor.flush({ timeoutMillis: 0 });
    await clock.advance(0);
    const { complete, delivered, spooled, rejected, dropped, pending } = await flushed;

    // Turns of the pump come in between as well, as soon as the first has begun.
    expect(names.length).toBeLessThanOrEqual(10);
    expect({ complete, rejected, dropped }).toEqual({ complete: false, rejected: 0, dropped: 0 });
    expect(pending).toBeGreaterThanOrEqual(290);
    expect(delivered + spooled + pending).toBe(300);
    expect(ledgerErrors(processor.ledger())).toEqual([]);
  });

  test('what it left is handed on all the same, each span once', async () => {
    const { processor, clock, end, names } = slowly(10, [...script]);
    end(300);
    const flushed = processor.flush({ timeoutMillis: 0 });
    await clock.advance(0);
    await flushed;

    await vi.waitFor(() => expect(names).toHaveLength(300));
    const again = processor.flush({ timeoutMillis: 100 });
    await clock.advance(100);

    expect(await again).toMatchObject({ complete: true, pending: 0, dropped: 0 });
    expect(new Set(names).size).toBe(300);
    const ledger = processor.ledger();
    expect(ledger).toMatchObject({ handed: 300, dropped: {} });
    expect(ledgerErrors(ledger)).toEqual([]);
  });

  test('a flush takes what the pump has in its hands', async () => {
    const { processor, clock, end, inHands, names } = slowly(0.7, [...script]);
    end(64);
    await inHands();
    expect(names.length).toBeLessThan(32);

    const flushed = processor.flush({ timeoutMillis: 0 });
    await clock.advance(0);
    const { complete, delivered, spooled, pending } = await flushed;

    expect({ complete, pending, safe: delivered + spooled }).toEqual({
      complete: true,
      pending: 0,
      safe: 64,
    });
  });

  test('a shutdown spools for five seconds beyond its limit; what is left then is dropped and counted', async () => {
    const { processor, clock, end, names } = slowly(10, [...script]);
    end(1000);

    const stopped = processor.shutdown({ timeoutMillis: 0 });
    await clock.advance(0);
    await stopped;

    const { dropped, handed, queued, destinations } = processor.ledger();
    expect(names.length).toBeGreaterThanOrEqual(500);
    expect(names.length).toBeLessThanOrEqual(510);
    expect(queued).toBe(0);
    expect(handed).toBe(names.length);
    expect(dropped).toEqual({ shutdown_timeout: 1000 - names.length });
    expect(total(destinations['otlp']?.dropped ?? {})).toBe(0);
    expect(ledgerErrors(processor.ledger())).toEqual([]);
  });
});

import { InvalidOptionError } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { child, span, TRACE_IDS } from '../../test/spans.ts';
import { HALF, PARTIAL, policyOf, RULE, setUp } from '../../test/tail-harness.ts';
import { tailSampling } from './tail-sampling.ts';

describe('limits', () => {
  test('a trace of too many spans is decided at once and marked, and its later spans follow', () => {
    const { stage, names, passed, held } = setUp(policyOf(HALF), { maxSpansPerTrace: 3 });
    for (let at = 0; at < 5; at++) stage.onEnd(child({ name: `${at}` }));
    expect([names(), held()]).toEqual([['0', '1', '2', '3', '4'], 0]);

    stage.onEnd(span());
    expect(passed.at(-1)?.attributes).toEqual({ [RULE]: 'half', [PARTIAL]: true });
  });

  test('a trace that is too heavy is decided at once', () => {
    const { stage, names } = setUp(policyOf(HALF), { maxBytesPerTrace: 10_000 });

    stage.onEnd(child({ attributes: { prompt: 'x'.repeat(20_000) } }));

    expect(names()).toHaveLength(1);
  });

  test('past the bytes the heaviest of the oldest goes first', () => {
    const { stage, names } = setUp(policyOf(HALF), { maxBytes: 40_000 });
    const ids = TRACE_IDS.slice(4, 7);
    for (const traceId of ids) stage.onEnd(child({ traceId, name: 'first' }));
    const grow = (at: number, name: string, size: number): void =>
      stage.onEnd(child({ traceId: ids[at] ?? '', name, attributes: { a: 'x'.repeat(size) } }));

    grow(1, 'heavy', 28_000);
    expect(names()).toEqual([]);
    grow(2, 'last', 10_000);

    expect(names()).toEqual(['first', 'heavy']);
  });

  test.each([
    ['maxBytes', 0],
    ['maxTraces', -1],
    ['decisionDelayMillis', -1],
    ['deadlineMillis', Number.NaN],
    ['idleMillis', '5'],
    ['stressRatio', 1.5],
    ['maxByte', 5],
  ])('%s of %j is refused', (name, value) => {
    const make = (): unknown => tailSampling(policyOf(HALF), { [name]: value });

    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow(`tailSampling.${name}`);
  });
});

describe('hostile spans', () => {
  test('a span that cannot be read is held and decided about like any other', () => {
    const { stage, names, held } = setUp(policyOf(HALF));
    const throwing = child({
      name: 'hostile',
      attributes: {
        get a(): string {
          throw new Error('gone');
        },
      },
    });
    const cyclic: Record<string, unknown> = { list: [1, 'a', new Uint8Array(9), null] };
    cyclic['self'] = cyclic;

    stage.onEnd(throwing);
    stage.onEnd(child({ name: 'cyclic', attributes: cyclic }));
    expect(held()).toBe(2);
    stage.drain?.();

    expect(names()).toEqual(['hostile', 'cyclic']);
  });

  test('a root that cannot be read when it is marked goes on as it is', () => {
    const { stage, passed } = setUp(policyOf(HALF));
    const throwing = span({
      attributes: Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          throw new Error('gone');
        },
      }),
    });
    stage.onEnd(throwing);
    stage.drain?.();

    expect(passed).toEqual([throwing]);
  });

  test('a receiver that ends spans itself loses none', () => {
    const clock = fakeClock();
    let passed = 0;
    const stage = tailSampling(
      policyOf(HALF),
      { maxTraces: 1, stressRatio: 1 },
      { clock },
    )(
      {
        onEnd() {
          if (++passed < 10)
            stage.onEnd(
              child({ traceId: `ffffffffffffffffffffffffff${passed.toString().padStart(6, '0')}` }),
            );
        },
      },
      { sampledOut: () => undefined, dropped: () => undefined },
    );

    stage.onEnd(span());
    stage.drain?.();
    stage.drain?.();

    expect(passed + (stage.heldSpans?.() ?? 0)).toBeGreaterThanOrEqual(2);
    expect(stage.heldSpans?.()).toBeLessThanOrEqual(1);
  });
});

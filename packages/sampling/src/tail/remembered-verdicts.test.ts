import { seededRandom } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { child, span } from '../../test/spans.ts';
import { ERRORS, NONE, policyOf, RULE, setUp } from '../../test/tail-harness.ts';
import type { SamplingRule } from '../policy/index.ts';
import { RememberedVerdicts } from './remembered-verdicts.ts';
import { keyOf } from './trace-key.ts';
import type { Verdict } from './verdict.ts';

const MINUTE = 60_000;
const random = seededRandom(8);
const run = random.hex(32);
const some = (count: number): readonly string[] =>
  Array.from({ length: count }, () => random.hex(32));

describe('a kept run that waits for somebody stays kept, and its root says why,', () => {
  test.each<readonly [string, readonly SamplingRule[]]>([
    ['while others are dropped', [ERRORS, NONE]],
    ['while others are kept', [ERRORS, { name: 'all', keep: { ratio: 1 } }]],
  ])('%s', async (_, rules) => {
    const limits = { maxDecisions: 100 };
    const { clock, stage, passed } = setUp(policyOf(...rules), limits);
    stage.onEnd(child({ traceId: run }));
    stage.onEnd(child({ traceId: run, error: true }));
    for (let minute = 0; minute < 25; minute++) {
      for (const traceId of some(100)) stage.onEnd(span({ traceId }));
      await clock.advance(MINUTE);
    }

    stage.onEnd(child({ traceId: run }));
    stage.onEnd(span({ traceId: run, name: 'root' }));
    await clock.advance(MINUTE);

    const mine = passed.filter((one) => one.spanContext().traceId === run);
    expect(mine).toHaveLength(4);
    expect(mine.at(-1)?.attributes[RULE]).toBe('errors');
  });

  test('while others with errors begin and end', async () => {
    const { clock, stage, passed } = setUp(policyOf(ERRORS, NONE), { maxDecisions: 100 });
    stage.onEnd(child({ traceId: run, error: true }));
    for (let minute = 0; minute < 25; minute++) {
      for (const traceId of some(100)) {
        stage.onEnd(child({ traceId, error: true }));
        stage.onEnd(span({ traceId }));
      }
      await clock.advance(MINUTE);
    }

    stage.onEnd(span({ traceId: run, name: 'root' }));

    expect(passed.at(-1)?.name).toBe('root');
  });
});

test('a straggler of a kept trace is kept, however many were dropped since', async () => {
  const { clock, stage, names } = setUp(policyOf(ERRORS, NONE), { maxDecisions: 100 });
  stage.onEnd(span({ traceId: run, error: true, name: 'root' }));
  for (const traceId of some(1000)) stage.onEnd(span({ traceId }));
  await clock.advance(MINUTE);

  stage.onEnd(child({ traceId: run, name: 'straggler' }));

  expect(names()).toEqual(['root', 'straggler']);
});

test('of each kind as many are remembered as asked for', () => {
  const remembered = new RememberedVerdicts(100);
  const verdict = (rule: string, kept: boolean): Verdict =>
    remembered.known.of({
      rule,
      kept,
      partial: false,
      isFinal: true,
      hasCallersShare: false,
      threshold: undefined,
    });
  const kept = verdict('kept', true);
  const dropped = verdict('dropped', false);
  const [running, over, gone] = [some(50), some(50), some(50)];
  for (const traceId of running) remembered.set(keyOf(traceId), kept, false);
  for (const traceId of over) remembered.set(keyOf(traceId), kept, true);
  for (const traceId of gone) remembered.set(keyOf(traceId), dropped, true);

  for (const [ids, expected] of [
    [running, kept],
    [over, kept],
    [gone, dropped],
  ] as const) {
    expect(ids.map((traceId) => remembered.of(keyOf(traceId), child({ traceId })))).toEqual(
      ids.map(() => expected),
    );
  }
  expect(remembered.of(keyOf(random.hex(32)), child({}))).toBeUndefined();
});

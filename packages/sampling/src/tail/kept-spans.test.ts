import { createTraceState } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { child, span, TRACE_IDS } from '../../test/spans.ts';
import { ERRORS, HALF, NONE, policyOf, RULE, setUp } from '../../test/tail-harness.ts';

const LOW = TRACE_IDS[1] as string;
const HIGH = TRACE_IDS[7] as string;

describe('a kept span', () => {
  test('is sampled for exporters, says what share it stands for, and the original is as it was', () => {
    const { stage, passed } = setUp(policyOf(HALF));
    const root = span({ attributes: { a: 1 } });
    stage.onEnd(root);
    stage.drain?.();

    const kept = passed[0]?.spanContext();
    expect([kept?.traceFlags, kept?.traceState?.serialize()]).toEqual([1, 'ot=th:8']);
    expect(passed[0]?.attributes).toEqual({ a: 1, [RULE]: 'half' });
    expect([root.spanContext().traceFlags, root.attributes]).toEqual([0, { a: 1 }]);
  });

  test('that the head has sampled with the same share goes on as it is', () => {
    const { stage, passed } = setUp(policyOf(HALF));
    const context = { traceFlags: 3, traceState: createTraceState('ot=th:8,a=b') };
    const inner = child({ context });
    stage.onEnd(inner);
    stage.onEnd(span({ context }));
    stage.drain?.();

    expect(passed[0]).toBe(inner);
    expect(passed[1]?.spanContext()).toEqual(
      context.traceState && { ...passed[1]?.spanContext(), ...context },
    );
  });

  test('kept by a rule that keeps all stands for itself only', () => {
    const { stage, passed } = setUp(policyOf(ERRORS, HALF));
    stage.onEnd(
      child({
        error: true,
        context: { traceFlags: 1, traceState: createTraceState('ot=th:8;rv:ffffffffffffff') },
      }),
    );

    expect(passed[0]?.spanContext().traceState?.serialize()).toBe('ot=th:0;rv:ffffffffffffff');
  });

  test('only the local root carries the rule, with a parent in another process too', () => {
    const { stage, passed } = setUp(policyOf(ERRORS, NONE));
    stage.onEnd(child({ error: true }));
    stage.onEnd(span({ parent: { isRemote: true } }));

    expect(passed.map(({ attributes }) => attributes)).toEqual([{}, { [RULE]: 'errors' }]);
  });
});

describe('a trace that another service has started', () => {
  const remote = (traceFlags: number, traceState?: string, traceId: string = LOW): ReadableSpan =>
    span({
      traceId,
      parent: { isRemote: true, traceFlags },
      context:
        traceState === undefined
          ? { traceFlags }
          : { traceFlags, traceState: createTraceState(traceState) },
    });
  const outcome = (root: ReadableSpan): unknown => {
    const { stage, passed } = setUp(policyOf(HALF));
    stage.onEnd(root);
    stage.drain?.();
    return passed[0]?.spanContext().traceState?.serialize() ?? passed.length;
  };

  test('is kept where the caller keeps it, with the share of the caller', () => {
    expect(outcome(remote(1, 'ot=th:1'))).toBe('ot=th:1');
    expect(outcome(remote(1))).toBe(1);
  });

  test('stands for no share where the caller that keeps it says none, also if ours would have kept it', () => {
    expect(outcome(remote(1, undefined, HIGH))).toBe(1);
  });

  test('stands for itself where a rule keeps all by a share of 1, and goes on after that', () => {
    const { stage, passed } = setUp(
      policyOf({ name: 'fine', when: { error: false }, keep: { ratio: 1 } }, NONE),
    );
    stage.onEnd(remote(1));
    stage.drain?.();
    stage.onEnd(child({ traceId: LOW, error: true }));
    stage.drain?.();

    expect(passed.map((one) => one.spanContext().traceState?.serialize())).toEqual([
      'ot=th:0',
      'ot=th:0',
    ]);
  });

  test('is kept by our own share where the caller does not keep it', () => {
    expect(outcome(remote(0, undefined, HIGH))).toBe('ot=th:8');
    expect(outcome(remote(0))).toBe(0);
  });

  test('stands for the larger of the two shares that kept it', () => {
    expect(outcome(remote(1, 'ot=th:1', HIGH))).toBe('ot=th:1');
    expect(outcome(remote(1, 'ot=th:c', HIGH))).toBe('ot=th:8');
  });

  test('is dropped by a rule that keeps none, whatever the caller does', () => {
    const { stage, passed } = setUp(policyOf(NONE));

    stage.onEnd(remote(1));

    expect(passed).toEqual([]);
  });

  test('uses explicit randomness', () => {
    expect(outcome(remote(0, 'ot=rv:ffffffffffffff'))).toBe('ot=th:8;rv:ffffffffffffff');
  });
});

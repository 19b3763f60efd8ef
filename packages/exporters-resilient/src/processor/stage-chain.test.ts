import { FailureLog, type ReadableSpan, type SpanStage } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { StageChain } from './stage-chain.ts';

/** Holds everything until it is drained. `forwards` also asks the next stage, which it need not. */
function holdingStage(forwards: boolean): SpanStage {
  return (next) => {
    const held: ReadableSpan[] = [];
    return {
      onEnd: (span) => held.push(span),
      heldSpans: () => held.length + (forwards ? (next.heldSpans?.() ?? 0) : 0),
      drain() {
        for (const span of held.splice(0)) next.onEnd(span);
        if (forwards) next.drain?.();
      },
      close() {
        if (forwards) next.close?.();
      },
    };
  };
}

const chainOf = (stages: SpanStage[]): { chain: StageChain; received: ReadableSpan[] } => {
  const received: ReadableSpan[] = [];
  const last = { onEnd: (span: ReadableSpan) => received.push(span) };
  const report = { sampledOut: () => undefined, dropped: () => undefined };
  return { chain: new StageChain(stages, last, report, new FailureLog()), received };
};

test.for([false, true])(
  'each held span is counted once, and drained through all stages (a stage forwards: %s)',
  (forwards) => {
    const { chain, received } = chainOf([holdingStage(forwards), holdingStage(forwards)]);

    chain.first.onEnd(makeSpan());
    chain.first.onEnd(makeSpan());
    expect(chain.heldSpans()).toBe(2);
    chain.drain();
    chain.close();

    expect(chain.heldSpans()).toBe(0);
    expect(received).toHaveLength(2);
  },
);

test('a stage that throws while it drains does not keep the others from draining', () => {
  const broken: SpanStage = (next) => ({
    onEnd: (span) => next.onEnd(span),
    drain() {
      throw new Error('no');
    },
    close() {
      throw new Error('no');
    },
  });
  const { chain, received } = chainOf([broken, holdingStage(false)]);

  chain.first.onEnd(makeSpan());
  chain.drain();
  chain.close();

  expect(received).toHaveLength(1);
});

import {
  type Context,
  type SpanContext,
  createTraceState,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import type { Sampler } from '@llm-otel/core';
import { seededRandom } from '@llm-otel/testing';
import {
  createComposableParentThresholdSampler,
  createComposableProbabilitySampler,
  createCompositeSampler,
} from '@opentelemetry/sampler-composite';
import { describe, expect, test } from 'vitest';
import { consistentSampler, parentBasedSampler } from '@llm-otel/sampling';
import { sample } from './sample.ts';

// Services of one trace, some with the stock composite sampler and some with ours: each gets from the one before what
// a traceparent and a tracestate carry.

const RATIOS = [1, 0.5, 1 / 3, 0.1, 0.01, 1e-3];
const ours = (ratio: number): Sampler => parentBasedSampler(consistentSampler({ ratio }));
const stock = (ratio: number): Sampler =>
  createCompositeSampler(
    createComposableParentThresholdSampler(createComposableProbabilitySampler(ratio)),
  );

interface Hop {
  readonly decision: number;
  readonly traceState: string;
}

function hop(sampler: Sampler, traceId: string, before: Hop | undefined): Hop {
  const result = sample(sampler, traceId, { context: contextAfter(traceId, before) });
  // As the SDK: without an answer, the parent's tracestate goes on.
  const traceState = result.traceState?.serialize() ?? before?.traceState ?? '';
  return { decision: result.decision, traceState };
}

function contextAfter(traceId: string, before: Hop | undefined): Context {
  if (before === undefined) return ROOT_CONTEXT;
  const parent: SpanContext = {
    traceId,
    spanId: 'b7ad6b7169203331',
    traceFlags: before.decision === 2 ? 1 : 0,
    isRemote: true,
    traceState: createTraceState(before.traceState),
  };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}

describe.each(RATIOS)('a ratio of %d', (ratio) => {
  test('both decide the same about each root, with the same share to four digits', () => {
    const random = seededRandom(`root ${ratio}`);
    const samplers = [ours(ratio), stock(ratio)] as const;
    let kept = 0;
    for (let at = 0; at < 10_000; at++) {
      const traceId = random.hex(32);
      const [mine, theirs] = samplers.map((sampler) => hop(sampler, traceId, undefined));
      expect(mine?.decision, traceId).toBe(theirs?.decision);
      if (mine?.decision !== 2) continue;
      kept++;
      // The stock sampler writes all 14 digits, ours the four that the specification recommends.
      expect(shareIn(mine) / shareIn(theirs)).toBeCloseTo(1, 3);
      expect(mine.traceState.length).toBeLessThan('ot=th:123456789'.length);
    }
    expect(kept).toBeGreaterThan(0);
  });

  test('whatever order the services come in, a trace is kept by all or by none with one share', () => {
    const random = seededRandom(`chain ${ratio}`);
    const orders = [
      [ours(ratio), stock(0.7), ours(0.2)],
      [stock(ratio), ours(0.7), stock(0.2)],
    ];
    for (let at = 0; at < 1000; at++) {
      const traceId = random.hex(32);
      for (const [first, ...others] of orders) {
        const root = hop(first as Sampler, traceId, undefined);
        let last = root;
        for (const sampler of others) {
          last = hop(sampler, traceId, last);
          expect(last, traceId).toEqual(root);
        }
      }
    }
  });
});

test('a sampled caller without a share is followed by both, and neither makes one up', () => {
  const before = { decision: 2, traceState: 'vendor=1' };
  const traceId = '0af7651916cd43dd8400000000000001';
  for (const sampler of [ours(0.1), stock(0.1)]) {
    expect(hop(sampler, traceId, before)).toEqual(before);
  }
});

function shareIn(hop: Hop | undefined): number {
  const th = /^ot=th:([0-9a-f]+)$/.exec(hop?.traceState ?? '')?.[1] ?? '';
  return 1 - Number(BigInt(`0x${th.padEnd(14, '0')}`)) / 2 ** 56;
}

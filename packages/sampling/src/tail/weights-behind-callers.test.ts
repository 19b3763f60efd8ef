// A head and a tail sampler of one policy, behind a service that samples a share of its traces: the weights of what is kept
// of eight traces come to eight all the same.
import { createTraceState, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { callOf, EIGHT, policies, steps, weightsBySpan } from '../../test/histories.ts';
import { child, span, type SpanOptions } from '../../test/spans.ts';
import { setUp } from '../../test/tail-harness.ts';
import { headSampler } from '../head-sampler.ts';
import { type LivePolicy, samplingPolicy } from '../live-policy.ts';
import { keepsTrace } from '../ot-member.ts';
import { thresholdOf } from '../threshold.ts';

const LIMITS = {
  decisionDelayMillis: 500,
  deadlineMillis: 3000,
  idleMillis: 1500,
  maxSpansPerTrace: 4,
};

/** What the caller of a trace has sent, which keeps this share of all. */
function callerOf(traceId: string, share: number): SpanContext {
  const threshold = thresholdOf(share);
  const isSampled = keepsTrace(threshold, traceId, undefined);
  return {
    traceId,
    spanId: 'b7ad6b7169203331',
    isRemote: true,
    traceFlags: isSampled ? 1 : 0,
    ...(isSampled && { traceState: createTraceState(`ot=th:${threshold?.text}`) }),
  };
}

/** Starts a trace: what its spans say, and its local root's parent. */
function started(
  live: LivePolicy,
  { traceId, name, share }: { traceId: string; name: string; share: number | undefined },
): { readonly all: SpanOptions; readonly root: SpanOptions } {
  const caller = share === undefined ? undefined : callerOf(traceId, share);
  const parent = caller === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, caller);
  const head = headSampler(live, { tail: true });
  const { decision, traceState } = head.shouldSample(parent, traceId, name, 0, {}, []);
  const all = {
    traceId,
    context: { traceFlags: decision === 2 ? 1 : 0, ...(traceState && { traceState }) },
  };
  return {
    all,
    root: caller === undefined ? all : { ...all, parent: { isRemote: true, ...caller } },
  };
}

test('every span, behind any caller, over any pauses, deadlines, flushes and limits', async () => {
  await fc.assert(
    fc.asyncProperty(
      policies,
      fc.array(steps, { maxLength: 14 }),
      fc.constantFrom(undefined, 1 / 8, 1 / 4, 1 / 2, 1),
      fc.constantFrom('chat', 'health'),
      async (policy, history, share, name) => {
        const live = samplingPolicy(policy);
        const { clock, stage, passed } = setUp(live, LIMITS);
        const traces = EIGHT.map((traceId) => started(live, { traceId, name, share }));
        let spans = 0;
        for (const one of history) {
          if ('advance' in one) await clock.advance(one.advance);
          else if ('drain' in one) stage.drain?.();
          else {
            const { tokens, ...ended } = one;
            const spanId = `${++spans}`.padStart(16, '0');
            for (const { all } of traces) {
              stage.onEnd(child({ ...all, ...ended, spanId, attributes: callOf(tokens) }));
            }
          }
        }
        for (const { root } of traces) stage.onEnd(span({ ...root, name, spanId: 'root' }));
        await clock.advance(10_000);

        for (const [spanId, sum] of weightsBySpan(passed)) {
          expect(sum, `span ${spanId}`).toBeCloseTo(8, 6);
        }
        expect(stage.heldSpans?.()).toBe(0);
      },
    ),
    { numRuns: 400 },
  );
});

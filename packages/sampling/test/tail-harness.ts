// A tail sampler with a clock that stands still, and everything that comes out of it.
import type { ReadableSpan, SpanReceiver } from '@llm-otel/core';
import { type FakeClock, fakeClock } from '@llm-otel/testing';
import type { SamplingPolicy, SamplingRule } from '@llm-otel/sampling/policy';
import {
  type LivePolicy,
  type SamplingPolicyOptions,
  tailSampling,
  type TailSamplingLimits,
} from '@llm-otel/sampling';

export const RULE = 'llm_otel.sampling.rule';
export const PARTIAL = 'llm_otel.sampling.partial';

export const ERRORS: SamplingRule = { name: 'errors', when: { error: true }, keep: 'all' };
export const HALF: SamplingRule = { name: 'half', keep: { ratio: 0.5 } };
export const NONE: SamplingRule = { name: 'none', keep: 'none' };

export const policyOf = (...rules: SamplingRule[]): SamplingPolicy => ({ version: 1, rules });

export interface TailHarness {
  readonly clock: FakeClock;
  readonly passed: readonly ReadableSpan[];
  readonly sampledOut: Readonly<Record<string, number>>;
  readonly stage: SpanReceiver;
  readonly names: () => string[];
  readonly held: () => number;
}

export function setUp(
  policy: SamplingPolicy | LivePolicy,
  limits: TailSamplingLimits = {},
  options: SamplingPolicyOptions = {},
): TailHarness {
  const clock = fakeClock();
  const passed: ReadableSpan[] = [];
  const sampledOut: Record<string, number> = {};
  const stage: SpanReceiver = tailSampling(policy, limits, { load: () => 0, ...options, clock })(
    { onEnd: (ended) => passed.push(ended) },
    {
      sampledOut(rule, spans) {
        sampledOut[rule] = (sampledOut[rule] ?? 0) + spans;
      },
      dropped() {
        throw new Error('a tail sampler drops nothing');
      },
    },
  );
  const names = (): string[] => passed.map(({ name }) => name);
  const held = (): number => stage.heldSpans?.() ?? Number.NaN;
  return { clock, passed, sampledOut, stage, names, held };
}

import type { ReadableSpan } from '@llm-otel/core';
import type { SamplingPolicy } from '../policy/sampling-policy.ts';
import { type SimulateOptions, SimulationRun } from './simulation-run.ts';
import type { Simulation } from './simulation.ts';
import { millisOf } from './trace-facts.ts';

/**
 * What a policy would have kept, dropped and missed of recorded spans, down to the byte limits: the same code decides as
 * in a running process, at the times the spans ended at.
 * @throws InvalidOptionError for an invalid policy or limit
 */
export function simulate(
  policy: SamplingPolicy | string,
  spans: Iterable<ReadableSpan>,
  options: SimulateOptions = {},
): Simulation {
  const run = new SimulationRun(policy, options);
  const ended = Array.from(spans).toSorted((a, b) => millisOf(a.endTime) - millisOf(b.endTime));
  for (const span of ended) run.end(span);
  return run.finish();
}

// Policies of exact clauses put together at random, about what stands in the traces of made-traces.ts.
import type {
  Keep,
  SamplingCondition,
  SamplingPolicy,
  SamplingRule,
} from '@llm-otel/sampling/policy';
import type { SeededRandom } from '@llm-otel/testing';

export function madePolicy(random: SeededRandom): SamplingPolicy {
  const rules = Array.from({ length: 1 + random.integer(6) }, (_, index): SamplingRule => ({
    name: `rule ${index}`,
    when: madeCondition(random),
    keep: madeKeep(random),
  }));
  const last: SamplingRule = { name: 'others', keep: madeKeep(random) };
  return {
    version: 1,
    ...(random.integer(4) === 0 ? { floor: 0.05, ceiling: 0.7 } : undefined),
    rules: random.integer(3) === 0 ? rules : [...rules, last],
  };
}

function madeKeep(random: SeededRandom): Keep {
  const kind = random.integer(6);
  if (kind === 0) return 'all';
  return kind === 1 ? 'none' : { ratio: random.pick([0, 0.001, 0.1, 0.333, 0.5, 0.9, 1]) };
}

function madeCondition(random: SeededRandom): SamplingCondition {
  const parts: readonly SamplingCondition[] = [
    { error: random.integer(2) === 0 },
    { name: random.pick(['GET *', '*o*', 'answer ticket', '*', 'chat gpt-5']) },
    { kind: random.pick(['internal', 'server', 'client', 'consumer']) },
    { service: random.pick(['desk', '*-batch', 'm*l', 'nobody']) },
    { model: random.pick(['gpt-5', 'gpt*', 'claude-*']) },
    { agent: random.pick(['the *', '*r']) },
    {
      attributes: random.pick<NonNullable<SamplingCondition['attributes']>>([
        { 'app.level': 3 },
        { 'app.level': { oneOf: ['3', 1] } },
        { 'app.note': { exists: random.integer(2) === 0 } },
        { 'app.share': { min: 0.3 }, 'app.retry': false },
        { 'http.response.status_code': { min: 404, max: 502 } },
        { 'error.type': { like: '*o*t*' } },
        { 'app.tier': { like: '*"plus"' } },
      ]),
    },
    {
      evaluation: random.pick<NonNullable<SamplingCondition['evaluation']>>([
        {},
        { name: 're*' },
        { label: 'fail*', maxScore: 0.5 },
        { minScore: 0.4 },
      ]),
    },
    { feedback: random.pick([{ maxScore: 0.4 }, { label: 'pass' }, {}]) },
  ];
  const wanted = 1 + random.integer(2);
  return Object.assign(
    {},
    ...Array.from({ length: wanted }, () => random.pick(parts)),
  ) as SamplingCondition;
}

import { fakeClock } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { HIGH, LOW } from '../test/sample.ts';
import { child, span } from '../test/spans.ts';
import { metricReader } from '../test/metric-reader.ts';
import { policyOf, setUp } from '../test/tail-harness.ts';
import { publishSampling, samplingPolicy } from './index.ts';
import type { PolicyHolder } from './live-policy.ts';

const RULE = 'llm_otel.sampling.rule';

test('the current shares, decisions by rule and cause, the load and the buffer are metrics', async () => {
  const { meter, collect } = metricReader();
  const live = samplingPolicy(
    {
      ...policyOf(
        { name: 'calls', when: { name: 'chat' }, keep: { rate: { tracesPerSecond: 1 } } },
        { name: 'others', keep: { adaptive: { base: 0.5, aboveLoad: 0.9 } } },
      ),
      revision: 'r1',
    },
    { clock: fakeClock(), load: () => 0.25 },
  );
  const stop = publishSampling(meter, live);
  const before = await collect();
  expect(before['llm_otel.sampling.buffer.bytes']).toEqual(undefined);

  const { stage } = setUp(live);
  stage.onEnd(span({ traceId: HIGH }));
  stage.onEnd(span({ traceId: LOW }));
  stage.drain?.();
  stage.onEnd(child({ traceId: `${'c'.repeat(31)}1` }));
  live.update({ ...live.policy, revision: 'r2' });
  const metrics = await collect();

  expect(metrics['llm_otel.sampling.share']).toEqual([
    { attributes: { [RULE]: 'others' }, value: 0.5 },
    { attributes: { [RULE]: 'no_rule_matched' }, value: 1 },
  ]);
  const traces = metrics['llm_otel.sampling.traces']?.filter(
    ({ attributes }) => attributes[RULE] === 'others',
  );
  expect(traces).toEqual([
    { attributes: { [RULE]: 'others', 'llm_otel.sampling.kept': true }, value: 1 },
    { attributes: { [RULE]: 'others', 'llm_otel.sampling.kept': false }, value: 1 },
  ]);
  expect(metrics['llm_otel.sampling.load']).toEqual([{ attributes: {}, value: 0.25 }]);
  expect(metrics['llm_otel.sampling.policy.updates']).toContainEqual({
    attributes: { 'llm_otel.sampling.policy.revision': 'r2' },
    value: 1,
  });
  expect(metrics['llm_otel.sampling.buffer.traces']).toEqual([{ attributes: {}, value: 1 }]);
  expect(metrics['llm_otel.sampling.buffer.stressed']).toEqual([{ attributes: {}, value: 0 }]);
  expect(metrics['llm_otel.sampling.decisions']).toContainEqual({
    attributes: { 'llm_otel.sampling.cause': 'drained' },
    value: 2,
  });

  stage.close?.();
  expect((live as PolicyHolder).tailStats()).toBe(undefined);
  stop();
  live.update({ ...live.policy, revision: 'r3' });
  expect(JSON.stringify(await collect())).not.toContain('r3');
});

test('what two tail samplers hold is added up', async () => {
  const { meter, collect } = metricReader();
  const live = samplingPolicy(policyOf({ name: 'half', keep: { ratio: 0.5 } }));
  publishSampling(meter, live);
  for (const { stage } of [setUp(live), setUp(live)]) stage.onEnd(child());

  expect((await collect())['llm_otel.sampling.buffer.traces']).toEqual([
    { attributes: {}, value: 2 },
  ]);
});

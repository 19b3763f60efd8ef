// Agents with everything that can be watched in a run, through the SDK of this line.
import assert from 'node:assert/strict';
import {
  createAgentTracing,
  endOn,
  type RunCarrier,
  type UsageReport,
} from '@llm-otel/agent-tracing';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { createGenAi } from '@llm-otel/llm-conventions';
import { EventEmitter } from 'node:events';
import { observed, spanNamed, test } from './support.ts';

test('a run with decisions, attempts, approvals and a hand-off arrives, and what the conventions know conforms', async () => {
  const { spans } = await observed({}, async () => {
    const genAi = createGenAi();
    const agents = createAgentTracing({ genAi });

    const handOff = await agents.run(
      { agent: { name: 'triage' }, conversationId: 'c-1', budget: { steps: 1 } },
      async (run) => {
        const first = run.startTool({ name: 'search', arguments: { q: 1 } });
        first.fail(new Error('timeout'));
        await run.tool({ name: 'search', retryOf: first }, async () => 1);
        const decision = run.decide({
          name: 'route',
          options: [
            { name: 'billing', score: 0.9 },
            { name: 'sales', score: 0.1 },
          ],
          chosen: 'billing',
          evidence: [first],
        });
        await run.approval('refund', async () => true);
        const emitter = endOn(run.startStep('listen'), new EventEmitter(), { end: ['close'] });
        emitter.emit('close');
        const read: number[] = [];
        for (const value of run.step('count', { outcomeOf: decision }, function* () {
          yield* [1, 2, 3];
        }))
          read.push(value);
        assert.deepEqual(read, [1, 2, 3]);
        const carrier: RunCarrier = JSON.parse(JSON.stringify(run.carrier()));
        const report: UsageReport = await agents.join(carrier, 'part-1', async (part) => {
          await part.step('elsewhere', () =>
            genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, async (call) =>
              call.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } }),
            ),
          );
          return part.usageReport();
        });
        run.include(JSON.parse(JSON.stringify(report)));
        run.include(report);
        return run.handOff({ to: 'writer' });
      },
    );
    await agents.run({ agent: { name: 'writer' }, handOff }, async (run) => {
      assert.equal(run.conversationId, 'c-1');
    });
  });

  const triage = spanNamed(spans, 'invoke_agent triage');
  const decision = spanNamed(spans, 'decide route');
  assert.equal(triage.attributes['llm_otel.run.stop_reason'], 'handed_over');
  assert.deepEqual(triage.attributes['llm_otel.budget.exceeded'], ['steps']);
  assert.equal(triage.attributes['llm_otel.rollup.usage.input_tokens'], 60);
  assert.equal(spanNamed(spans, 'step elsewhere').attributes['llm_otel.run.part'], 'part-1');
  assert.deepEqual(decision.attributes['llm_otel.decision.scores'], [0.9, 0.1]);
  assert.equal(decision.links.length, 1);
  assert.equal(spanNamed(spans, 'step count').links[0]?.spanId, decision.spanId);
  assert.equal(spanNamed(spans, 'invoke_agent writer').links[0]?.spanId, triage.spanId);
  const retry = spans.find(({ attributes }) => attributes['llm_otel.attempt'] === 2);
  assert.equal(retry?.name, 'execute_tool search');
  assert.equal(
    spanNamed(spans, 'approval refund').attributes['llm_otel.approval.outcome'],
    'approved',
  );
  for (const span of spans) {
    const report = checkConformance(span);
    assert.deepEqual(report.errors, [], report.toString());
  }
});

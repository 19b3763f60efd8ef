// The main job: two lines, an agent that calls a model and a tool, and everything arrives under the right names.
import assert from 'node:assert/strict';
import { createAgentTracing } from '@llm-otel/agent-tracing';
import { createGenAi } from '@llm-otel/llm-conventions';
import { trace } from '@opentelemetry/api';
import { observed, spanNamed, test } from './support.ts';

test('an agent run with a step, a tool and a model call arrives as one tree', async () => {
  const { spans, ledger } = await observed({}, async () => {
    const genAi = createGenAi();
    const agents = createAgentTracing({ genAi });

    const answer = await agents.run(
      { agent: { name: 'coordinator' }, conversationId: 'c-1' },
      async (run) =>
        run.step('answer', async () => {
          const found = await run.tool({ name: 'search', callId: 'call-1' }, async () => 42);
          await genAi.inference(
            { provider: 'anthropic', model: 'claude-sonnet-4-5' },
            async (call) => {
              call.recordResponse({ id: 'r-1', usage: { inputTokens: 100, outputTokens: 7 } });
            },
          );
          return found;
        }),
    );

    assert.equal(answer, 42);
  });

  const run = spanNamed(spans, 'invoke_agent coordinator');
  const tool = spanNamed(spans, 'execute_tool search');
  const chat = spanNamed(spans, 'chat claude-sonnet-4-5');
  const step = spans.find(({ spanId }) => spanId === tool.parentSpanId);
  assert.equal(spans.length, 4);
  assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, 1);
  assert.equal(run.parentSpanId, undefined);
  assert.equal(step?.parentSpanId, run.spanId);
  assert.equal(chat.parentSpanId, step?.spanId);
  assert.equal(run.attributes['gen_ai.operation.name'], 'invoke_agent');
  assert.equal(tool.attributes['gen_ai.tool.call.id'], 'call-1');
  assert.equal(chat.attributes['gen_ai.conversation.id'], 'c-1');
  assert.equal(chat.attributes['gen_ai.usage.input_tokens'], 100);
  assert.equal(chat.attributes['gen_ai.response.id'], 'r-1');
  assert.equal(chat.resource.attributes['service.name'], 'support-desk');
  assert.equal(ledger.ended, 4);
  assert.equal(ledger.destinations['otlp']?.exported, 4);
});

test('a tool that fails reaches the caller as it is and the span as an error', async () => {
  const failure = new TypeError('no such table');

  const { spans } = await observed({}, async () => {
    const agents = createAgentTracing();
    await assert.rejects(
      () =>
        agents.run({ agent: { name: 'coordinator' } }, (run) =>
          run.tool({ name: 'search' }, async () => {
            throw failure;
          }),
        ),
      (error) => error === failure,
    );
  });

  const tool = spanNamed(spans, 'execute_tool search');
  assert.equal(tool.status.code, 2);
  assert.equal(tool.attributes['error.type'], 'TypeError');
});

test('a stream ends its span once, whoever stops reading', async () => {
  const { spans } = await observed({}, async () => {
    const genAi = createGenAi();
    async function* chunks(): AsyncGenerator<string> {
      yield* ['a', 'b', 'c'];
    }
    const read: string[] = [];

    const full = genAi.startInference({ provider: 'openai', model: 'full', stream: true });
    for await (const chunk of full.stream(chunks())) read.push(chunk);
    const left = genAi.startInference({ provider: 'openai', model: 'left', stream: true });
    for await (const chunk of left.stream(chunks())) {
      read.push(chunk);
      break;
    }

    assert.deepEqual(read, ['a', 'b', 'c', 'a']);
  });

  assert.deepEqual(spans.map(({ name }) => name).toSorted(), ['chat full', 'chat left']);
});

test('telemetry that was shut down can be started again', async () => {
  for (const round of ['first', 'second']) {
    const { spans } = await observed({}, () => trace.getTracer('app').startSpan(round).end());

    assert.deepEqual(
      spans.map(({ name }) => name),
      [round],
    );
  }
});

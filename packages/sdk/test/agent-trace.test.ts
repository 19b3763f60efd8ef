// One run of agents, from the workflow down to the tool, as it arrives at a receiver.
import { trace } from '@opentelemetry/api';
import {
  type AgentTracing,
  createAgentTracing,
  createGenAi,
  type GenAi,
} from '@llm-otel/sdk/agents';
import { expectTree, type ModelEmulator, startModelEmulator } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { ANTHROPIC_MODEL, chat, OPENAI_MODEL, streamedMessage } from './observed-clients.ts';
import { startWithSink } from './start-with-sink.ts';

interface Desk {
  readonly genAi: GenAi;
  readonly agents: AgentTracing;
  readonly emulator: ModelEmulator;
}

const scripts = [
  { toolCalls: [{ name: 'track_parcel', arguments: { id: 'p-1' }, id: 'call_7' }] },
  { text: 'It arrives today.' },
];

/** A researcher asks a model, which asks for a tool; a writer streams the answer. */
async function answerTicket({ genAi, agents, emulator }: Desk): Promise<void> {
  await agents.workflow({ name: 'support', conversationId: 'c-1' }, async () => {
    const handOff = await agents.run({ agent: { name: 'researcher' } }, async (run) => {
      await run.step('look up', async () => {
        await run.retrieve({ dataSourceId: 'manuals', topK: 3 }, async (retrieval) => {
          await new Promise(setImmediate);
          retrieval.recordDocuments([{ id: 'm-1', score: 0.9 }]);
        });
        const completion = await chat(genAi, emulator, {
          messages: [{ role: 'user', content: 'Where is parcel p-1?' }],
          tools: [{ type: 'function', function: { name: 'track_parcel', parameters: {} } }],
        });
        const [call] = completion.choices[0]?.message.tool_calls ?? [];
        if (call?.type !== 'function') throw new Error('the model asked for no tool');
        run.decide({ name: 'next', chosen: call.function.name, decidedBy: 'model' });
        const failing = run.tool({ name: call.function.name, callId: call.id }, async () => {
          throw new RangeError('no such parcel');
        });
        await failing.catch(() => undefined);
      });
      return run.handOff({ to: 'writer' });
    });
    await agents.run({ agent: { name: 'writer' }, handOff }, async (run) => {
      await run.step('write', async () => {
        for await (const _ of await streamedMessage(genAi, emulator, 'Write the answer'));
      });
    });
  });
}

test('complete_llm_agent_trace: workflow, runs, steps, retrieval, model calls, decision and tool arrive as one tree', async () => {
  await using emulator = await startModelEmulator({ scripts, strict: true });
  const { telemetry, sink } = await startWithSink();

  await answerTicket({ genAi: createGenAi(), agents: createAgentTracing(), emulator });
  await expect(telemetry.shutdown()).resolves.toMatchObject({ complete: true, problems: [] });

  const inConversation = (agent: string): Record<string, string> => ({
    'gen_ai.conversation.id': 'c-1',
    'gen_ai.agent.name': agent,
  });
  expectTree(sink.spans, {
    name: 'invoke_workflow support',
    kind: 'internal',
    status: 'unset',
    children: [
      {
        name: 'invoke_agent researcher',
        kind: 'internal',
        status: 'unset',
        attributes: inConversation('researcher'),
        events: ['llm_otel.hand_over'],
        children: [
          {
            name: 'step look up',
            attributes: { 'llm_otel.step.index': 0 },
            children: [
              { name: 'retrieval manuals', kind: 'client', children: [] },
              {
                name: `chat ${OPENAI_MODEL}`,
                kind: 'client',
                attributes: {
                  ...inConversation('researcher'),
                  'gen_ai.response.finish_reasons': ['tool_call'],
                },
                children: [],
              },
              { name: 'decide next', kind: 'internal', children: [] },
              {
                name: 'execute_tool track_parcel',
                kind: 'internal',
                status: { code: 'error', message: 'no such parcel' },
                attributes: { 'gen_ai.tool.call.id': 'call_7', 'error.type': 'RangeError' },
                children: [],
              },
            ],
          },
        ],
      },
      {
        name: 'invoke_agent writer',
        attributes: inConversation('writer'),
        children: [
          {
            name: 'step write',
            children: [
              {
                name: `chat ${ANTHROPIC_MODEL}`,
                attributes: {
                  ...inConversation('writer'),
                  'gen_ai.usage.output_tokens': Number.isInteger,
                },
                children: [],
              },
            ],
          },
        ],
      },
    ],
  });
  const decision = sink.spans.find(({ name }) => name === 'decide next');
  expect(decision?.attributes).toMatchObject({
    'llm_otel.decision.name': 'next',
    'llm_otel.decision.chosen': 'track_parcel',
    'llm_otel.decision.decided_by': 'model',
  });
  const spanNamed = (wanted: string): string | undefined =>
    sink.spans.find(({ name }) => name === wanted)?.spanId;
  expect(sink.spans.find(({ name }) => name === 'invoke_agent writer')?.links).toMatchObject([
    { spanId: spanNamed('invoke_agent researcher') },
  ]);
});

test('complete_llm_agent_trace: runs at the same time stay apart, each a tree with a trace of its own', async () => {
  await using emulator = await startModelEmulator({
    scripts: ({ api }) => (api === 'chat' ? scripts[0] : scripts[1]),
  });
  const { telemetry, sink } = await startWithSink();
  const desk = { genAi: createGenAi(), agents: createAgentTracing(), emulator };

  await Promise.all(Array.from({ length: 10 }, () => answerTicket(desk)));
  await telemetry.shutdown();

  const traces = new Map<string, string[]>();
  for (const { traceId, name } of sink.spans)
    traces.set(traceId, [...(traces.get(traceId) ?? []), name]);
  expect(traces.size).toBe(10);
  for (const names of traces.values()) expect(names).toHaveLength(10);
  expectTree(
    sink.spans,
    ...Array.from({ length: 10 }, () => ({ name: 'invoke_workflow support' })),
  );
});

test('a call that another library records counts for the run around it', async () => {
  const { telemetry, sink } = await startWithSink();
  const other = trace.getTracer('openinference');

  createAgentTracing().run('writer', () =>
    other.startActiveSpan('ChatCompletion', (span) => {
      span.setAttributes({
        'openinference.span.kind': 'LLM',
        'llm.model_name': OPENAI_MODEL,
        'llm.token_count.prompt': 60,
        'llm.token_count.completion': 40,
      });
      span.end();
    }),
  );
  await telemetry.shutdown();

  const run = sink.spans.find(({ name }) => name === 'invoke_agent writer');
  expect(run?.attributes).toMatchObject({
    'llm_otel.rollup.usage.input_tokens': 60,
    'llm_otel.rollup.usage.output_tokens': 40,
  });
});

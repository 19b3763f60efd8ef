import { tool } from '@langchain/core/tools';
import { Annotation, Command, interrupt, MemorySaver, StateGraph } from '@langchain/langgraph';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { trace } from '@opentelemetry/api';
import { createAgent } from 'langchain';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createLangChainHandler } from '../src/index.ts';
import { spanLines } from './lines.ts';
import { modelFor } from './model-for.ts';
import { observeOpenAi } from './observe-openai.ts';
import { startRecording } from './recording.ts';

const usage = { inputTokens: 12, outputTokens: 5 };

const ownSpan = (name: string): void => trace.getTracer('application').startSpan(name).end();
const State = Annotation.Root({
  question: Annotation<string>(),
  answers: Annotation<string[]>({ reducer: (a, b) => [...a, ...b], default: () => [] }),
});

test('an agent: its model calls and tools, and what the tools do, are one tree', async () => {
  const recorder = startRecording();
  const track = tool(
    ({ id }: { id: number }) => {
      ownSpan('look up');
      return `parcel ${id}`;
    },
    { name: 'track', description: 'finds', schema: z.object({ id: z.number() }) },
  );
  const model = await modelFor([
    { toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage },
    { text: 'On its way', usage },
  ]);
  const agent = createAgent({ model, tools: [track], name: 'desk' });

  await agent.invoke(
    { messages: [{ role: 'user', content: 'where?' }] },
    { callbacks: [createLangChainHandler()] },
  );

  expect(spanLines(recorder)).toEqual([
    'invoke_agent desk',
    '  step model_request',
    '    chat gpt-5-mini',
    '  step tools',
    '    execute_tool track',
    '      look up',
    '  step model_request',
    '    chat gpt-5-mini',
  ]);
  expect(recorder.openSpans).toEqual([]);
  const chat = recorder.spans.find(({ name }) => name === 'chat gpt-5-mini');
  expect(chat?.attributes).toMatchObject({
    'gen_ai.provider.name': 'openai',
    'gen_ai.agent.name': 'desk',
    'gen_ai.response.model': 'gpt-5-mini',
    'gen_ai.response.finish_reasons': ['tool_call'],
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.usage.output_tokens': 5,
  });
  for (const span of recorder.spans.filter(({ name }) => name !== 'look up'))
    expect(checkConformance(span).errors).toEqual([]);
});

test('a graph that waits for a human is no error, and what goes on later is linked to it', async () => {
  const recorder = startRecording();
  const graph = new StateGraph(State)
    .addNode('ask', () => ({ answers: [interrupt<string, string>('ok?')] }))
    .addNode('done', () => {
      ownSpan('own work');
      return {};
    })
    .addEdge('__start__', 'ask')
    .addEdge('ask', 'done')
    .compile({ checkpointer: new MemorySaver(), name: 'approval' });
  const config = {
    configurable: { thread_id: 't-1' },
    callbacks: [createLangChainHandler()],
  };

  await graph.invoke({ question: 'q' }, config);
  await graph.invoke(new Command({ resume: 'yes' }), config);

  expect(spanLines(recorder)).toEqual([
    'invoke_workflow approval',
    '  step ask',
    'invoke_workflow approval',
    '  step ask',
    '  step done',
    '    own work',
  ]);
  const paused = recorder.spans.find(({ name }) => name === 'step ask');
  const [first, second] = recorder.spans.filter(({ name }) => name.startsWith('invoke_workflow'));
  expect(first?.attributes).toMatchObject({
    'gen_ai.conversation.id': 't-1',
    'llm_otel.run.stop_reason': 'paused',
  });
  expect(second?.attributes).not.toHaveProperty('llm_otel.run.stop_reason');
  expect(second?.links).toMatchObject([
    {
      context: { spanId: paused?.spanContext().spanId },
      attributes: { 'llm_otel.link.kind': 'resume' },
    },
  ]);
});

test('parallel nodes keep their own children', async () => {
  const recorder = startRecording();
  const node = (name: string) => async () => {
    await Promise.resolve();
    ownSpan(`in ${name}`);
    return { answers: [name] };
  };
  const graph = new StateGraph(State)
    .addNode('left', node('left'))
    .addNode('right', node('right'))
    .addEdge('__start__', 'left')
    .addEdge('__start__', 'right')
    .compile();

  await graph.invoke({ question: 'q' }, { callbacks: [createLangChainHandler()] });

  const lines = spanLines(recorder);
  expect(lines[0]).toBe('invoke_workflow');
  expect(lines[lines.indexOf('  step left') + 1]).toBe('    in left');
  expect(lines[lines.indexOf('  step right') + 1]).toBe('    in right');
  expect(lines).toHaveLength(5);
});

test('a node that throws fails, and the graph with it; the application gets the same error', async () => {
  const recorder = startRecording();
  const broken = new RangeError('out of order');
  const graph = new StateGraph(State)
    .addNode('break', () => {
      throw broken;
    })
    .addEdge('__start__', 'break')
    .compile();

  await expect(
    graph.invoke({ question: 'q' }, { callbacks: [createLangChainHandler()] }),
  ).rejects.toBe(broken);

  expect(spanLines(recorder)).toEqual([
    'invoke_workflow ! RangeError',
    '  step break ! RangeError',
  ]);
});

test('spans of the application around a model call stay around it', async () => {
  const recorder = startRecording();
  const model = await modelFor([{ text: 'hello', usage }]);
  const graph = new StateGraph(State)
    .addNode('ask', async (_state, config) =>
      trace.getTracer('application').startActiveSpan('prepare', async (span) => {
        await model.invoke('hi', config);
        span.end();
        return {};
      }),
    )
    .addEdge('__start__', 'ask')
    .compile();

  await graph.invoke({ question: 'q' }, { callbacks: [createLangChainHandler()] });

  expect(spanLines(recorder)).toEqual([
    'invoke_workflow',
    '  step ask',
    '    prepare',
    '      chat gpt-5-mini',
  ]);
});

test('a client that is observed below a model adds no second span', async () => {
  const recorder = startRecording();
  observeOpenAi();
  const model = await modelFor(
    () => ({ text: 'hello', usage }),
    () => ownSpan('POST'),
  );
  const graph = new StateGraph(State)
    .addNode('ask', async (_state, config) => {
      await Promise.all([model.invoke('one', config), model.invoke('two', config)]);
      return {};
    })
    .addEdge('__start__', 'ask')
    .compile();

  await graph.invoke({ question: 'q' }, { callbacks: [createLangChainHandler()] });

  expect(spanLines(recorder)).toEqual([
    'invoke_workflow',
    '  step ask',
    '    chat gpt-5-mini',
    '      POST',
    '    chat gpt-5-mini',
    '      POST',
  ]);
});

// Spans that the Vercel AI SDK itself makes, with both of its telemetries, read in today's names.
import { LegacyOpenTelemetry, OpenTelemetry } from '@ai-sdk/otel';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { generateText, isStepCount, jsonSchema, tool } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { describe, expect, test } from 'vitest';
import { inCurrentNames } from '../src/index.ts';
import { messageErrors, toolDefinitionErrors } from './message-shapes.ts';

const usage = {
  inputTokens: { total: 100, noCache: 60, cacheRead: 40, cacheWrite: 0 },
  outputTokens: { total: 30, text: 20, reasoning: 10 },
};
const answers = [
  {
    content: [
      { type: 'tool-call', toolCallId: 't-1', toolName: 'weather', input: '{"city":"Bern"}' },
    ],
    finishReason: { unified: 'tool-calls', raw: 'tool_calls' },
    response: { id: 'r-1', modelId: 'gpt-5-2025-08-07' },
  },
  {
    content: [{ type: 'text', text: 'Cold.' }],
    finishReason: { unified: 'stop', raw: 'stop' },
    response: { id: 'r-2', modelId: 'gpt-5-2025-08-07' },
  },
] as const;

/** The spans of a run with two calls of a model and one of a tool, as they are recorded and as they are read. */
async function spansOf(telemetry: typeof OpenTelemetry | typeof LegacyOpenTelemetry): Promise<{
  readonly recorded: readonly ReadableSpan[];
  readonly read: readonly Record<string, unknown>[];
}> {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  let calls = 0;
  const model = new MockLanguageModelV4({
    provider: 'openai.chat',
    modelId: 'gpt-5',
    doGenerate: () =>
      Promise.resolve({ ...answers[calls++ === 0 ? 0 : 1], usage, warnings: [] } as never),
  });
  await generateText({
    model,
    prompt: 'Weather?',
    temperature: 0.5,
    tools: {
      weather: tool({
        description: 'Tells it.',
        inputSchema: jsonSchema<{ city: string }>({ type: 'object' }),
        execute: () => Promise.resolve({ degrees: 7 }),
      }),
    },
    stopWhen: isStepCount(3),
    telemetry: {
      isEnabled: true,
      functionId: 'fn',
      integrations: [new telemetry({ tracer: provider.getTracer('ai') })],
    },
  });
  const recorded = exporter.getFinishedSpans();
  return { recorded, read: recorded.map((span) => inCurrentNames(span).attributes) };
}

describe.each([
  ['version 7', OpenTelemetry],
  ['the versions before it', LegacyOpenTelemetry],
])('the AI SDK with the telemetry of %s', (_, telemetry) => {
  test('makes model calls of the conventions', async () => {
    const { read } = await spansOf(telemetry);
    const chats = read.filter((attributes) => attributes['gen_ai.operation.name'] === 'chat');

    expect(chats).toHaveLength(2);
    expect(chats[0]).toMatchObject({
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.response.id': 'r-1',
      'gen_ai.response.model': 'gpt-5-2025-08-07',
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 30,
      'gen_ai.usage.cache_read.input_tokens': 40,
      'gen_ai.usage.cache_write.input_tokens': 0,
    });
    expect(json(chats[1], 'gen_ai.output.messages')).toMatchObject([
      { role: 'assistant', parts: [{ type: 'text', content: 'Cold.' }] },
    ]);
    expect(json(chats[1], 'gen_ai.input.messages')).toMatchObject([
      { role: 'user', parts: [{ type: 'text', content: 'Weather?' }] },
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 't-1', name: 'weather', arguments: { city: 'Bern' } }],
      },
      {
        role: 'tool',
        parts: [{ type: 'tool_call_response', id: 't-1', response: { degrees: 7 } }],
      },
    ]);
    const tools = json(chats[0], 'gen_ai.tool.definitions');
    expect(toolDefinitionErrors(tools)).toEqual([]);
    expect(tools).toMatchObject([
      {
        type: 'function',
        name: 'weather',
        description: 'Tells it.',
        parameters: { type: 'object' },
      },
    ]);
  });

  test('makes a tool call of the conventions', async () => {
    const { read } = await spansOf(telemetry);

    const tools = read.filter((attributes) => attributes['gen_ai.tool.name'] === 'weather');
    expect(tools).toHaveLength(1);
    expect(tools[0]).toMatchObject({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.call.id': 't-1',
      'gen_ai.tool.call.arguments': '{"city":"Bern"}',
      'gen_ai.tool.call.result': '{"degrees":7}',
    });
  });

  test('counts each token once in a plain sum, and names its agent', async () => {
    const { recorded, read } = await spansOf(telemetry);
    const sum = (spans: readonly object[]): number =>
      spans.reduce(
        (total, attributes) =>
          total + Number((attributes as Record<string, unknown>)['gen_ai.usage.input_tokens'] ?? 0),
        0,
      );

    expect(sum(read)).toBe(200);
    const agent = read.find((attributes) => attributes['gen_ai.operation.name'] === 'invoke_agent');
    expect(agent).toMatchObject({
      'gen_ai.agent.name': 'fn',
      'llm_otel.usage.rollup': true,
      'llm_otel.rollup.usage.input_tokens': 200,
      'llm_otel.rollup.usage.output_tokens': 60,
    });
    expect(recorded.length).toBe(read.length);
  });

  test('leaves nothing in shapes of its own', async () => {
    const { read } = await spansOf(telemetry);

    for (const attributes of read) {
      for (const name of ['gen_ai.input.messages', 'gen_ai.output.messages'])
        if (name in attributes) expect(messageErrors(json(attributes, name))).toEqual([]);
      const left = Object.keys(attributes).filter((name) =>
        /^(?:ai\.(?:prompt|usage\.\w+Tokens|response\.(?:text|toolCalls|id|model|finishReason)|model|toolCall)|operation\.name|gen_ai\.(?:system$|client))/.test(
          name,
        ),
      );
      expect(left.filter((name) => name !== 'ai.prompt.toolChoice')).toEqual([]);
    }
  });
});

function json(attributes: Record<string, unknown> | undefined, name: string): unknown {
  return JSON.parse(String(attributes?.[name]));
}

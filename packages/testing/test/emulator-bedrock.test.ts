import {
  ApplyGuardrailCommand,
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  ModelStreamErrorException,
  StartAsyncInvokeCommand,
  ThrottlingException,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startModelEmulator, type ModelEmulator } from '../src/index.ts';

let emulator: ModelEmulator;
beforeEach(async () => {
  emulator = await startModelEmulator();
});
afterEach(() => emulator.close());

function bedrock(options: object = {}): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
    ...options,
  });
}

const ask: ConverseCommandInput = {
  modelId: 'eu.anthropic.claude-opus-4-8',
  messages: [{ role: 'user', content: [{ text: 'Where is my parcel?' }] }],
};

async function collect<T>(stream: AsyncIterable<T> | undefined): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return chunks;
}

describe.each([
  ['HTTP/2, as the client does', {}],
  ['HTTP/1.1', { requestHandler: new NodeHttpHandler() }],
])('over %s', (_name, options) => {
  test('converse without a script gives the text back', async () => {
    const answer = await bedrock(options).send(new ConverseCommand(ask));

    expect(answer).toMatchObject({
      output: {
        message: { role: 'assistant', content: [{ text: 'You said: Where is my parcel?' }] },
      },
      stopReason: 'end_turn',
      metrics: { latencyMs: 250 },
      $metadata: { httpStatusCode: 200, requestId: 'req_000001' },
    });
    expect(emulator.requests).toMatchObject([
      { api: 'converse', model: 'eu.anthropic.claude-opus-4-8', lastText: 'Where is my parcel?' },
    ]);
  });

  test('converse streams text, thoughts and tool calls, its bytes cut anywhere', async () => {
    const script = {
      reasoning: ['Parcels ', 'move.'],
      text: ['Grüße ', 'aus 東京 ', '🚀'],
      toolCalls: [{ name: 'track', arguments: { id: 7 }, id: 'tooluse_1' }],
      usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 60, cacheWriteTokens: 10 },
    };
    const events: unknown[] = [];
    for (const writeBytes of [undefined, 1, 7]) {
      emulator.script([{ ...script, writeBytes }]);
      const { stream } = await bedrock(options).send(new ConverseStreamCommand(ask));
      events.push(await collect(stream));
    }

    expect(events[1]).toEqual(events[0]);
    expect(events[2]).toEqual(events[0]);
    expect(events[0]).toContainEqual({
      contentBlockDelta: { delta: { text: 'aus 東京 ' }, contentBlockIndex: 1 },
    });
    expect((events[0] as unknown[]).slice(-2)).toMatchObject([
      { messageStop: { stopReason: 'tool_use' } },
      { metadata: { usage: { inputTokens: 30, outputTokens: 20, cacheReadInputTokens: 60 } } },
    ]);
  });

  test('errors have their class, also in the middle of a stream', async () => {
    emulator.script([
      { error: { status: 429 } },
      { text: ['a', 'b'], fault: { kind: 'error', afterChunks: 1 } },
    ]);
    const client = bedrock(options);

    await expect(client.send(new ConverseCommand(ask))).rejects.toBeInstanceOf(ThrottlingException);
    const { stream } = await client.send(new ConverseStreamCommand(ask));
    await expect(collect(stream)).rejects.toBeInstanceOf(ModelStreamErrorException);
  });

  test.each(['cut', 'malformed'] as const)('a stream that is %s fails', async (kind) => {
    emulator.script([{ text: ['a', 'b'], fault: { kind, afterChunks: 1 } }]);
    const { stream } = await bedrock(options).send(new ConverseStreamCommand(ask));

    await expect(collect(stream)).rejects.toThrow();
    expect(emulator.requests[0]?.outcome).toBe(kind === 'cut' ? 'cut' : 'answered');
  });
});

const text = { text: ['In ', 'Lyon.'], usage: { inputTokens: 12, outputTokens: 5 } };
const answers: readonly (readonly [string, object, string])[] = [
  ['anthropic.claude-opus-4-8', { messages: [] }, '"text":"In Lyon."'],
  ['anthropic.claude-v2', { prompt: 'Where?' }, '"completion":"In Lyon."'],
  ['amazon.nova-lite-v1:0', { messages: [] }, '"inputTokens":12'],
  ['amazon.titan-text-express-v1', { inputText: 'Where?' }, '"outputText":"In Lyon."'],
  ['us.meta.llama3-3-70b-instruct-v1:0', { prompt: 'Where?' }, '"generation":"In Lyon."'],
  ['mistral.mistral-7b-instruct-v0:2', { prompt: 'Where?' }, '"outputs":[{"text":"In Lyon."'],
  ['mistral.mistral-large-2407-v1:0', { messages: [] }, '"content":"In Lyon."'],
  ['cohere.command-text-v14', { prompt: 'Where?' }, '"generations":['],
  ['cohere.command-r-v1:0', { message: 'Where?' }, '"finish_reason":"COMPLETE"'],
  ['deepseek.r1-v1:0', { prompt: 'Where?' }, '"choices":[{"index":0,"text":"In Lyon."'],
  ['openai.gpt-oss-120b-1:0', { messages: [] }, '"finish_reason":"stop"'],
];

describe.each(answers)('%s', (modelId, body, words) => {
  test('answers in its own words, with the counts of Bedrock beside them', async () => {
    emulator.script([text]);
    const answer = await bedrock().send(
      new InvokeModelCommand({ modelId, body: JSON.stringify(body) }),
    );

    expect(answer.body.transformToString()).toContain(words);
    expect(answer.contentType).toBe('application/json');
  });

  test('streams them, with the counts of Bedrock in the last chunk', async () => {
    emulator.script([text]);
    const answer = await bedrock().send(
      new InvokeModelWithResponseStreamCommand({ modelId, body: JSON.stringify(body) }),
    );
    const chunks = (await collect(answer.body)).map(
      ({ chunk }) => JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()) as object,
    );

    expect(JSON.stringify(chunks)).toMatch(/In .*Lyon/);
    expect(chunks.at(-1)).toMatchObject({
      'amazon-bedrock-invocationMetrics': { inputTokenCount: 12, outputTokenCount: 5 },
    });
  });
});

test('embeddings use up no script', async () => {
  const ids = ['amazon.titan-embed-text-v2:0', 'cohere.embed-english-v3'];
  const bodies = await Promise.all(
    ids.map(async (modelId) => {
      const body = JSON.stringify({ inputText: 'parcel', texts: ['parcel'], dimensions: 4 });
      const answer = await bedrock().send(new InvokeModelCommand({ modelId, body }));
      return JSON.parse(answer.body.transformToString()) as Record<string, unknown>;
    }),
  );

  expect(bodies[0]?.['embedding']).toHaveLength(4);
  expect(bodies[1]?.['embeddings']).toEqual([bodies[0]?.['embedding']]);
});

test('what asks no model is answered as well', async () => {
  const client = bedrock();

  const count = await client.send(
    new CountTokensCommand({ modelId: 'anthropic.claude-opus-4-8', input: { converse: ask } }),
  );
  const applied = await client.send(
    new ApplyGuardrailCommand({
      guardrailIdentifier: 'gr-1',
      guardrailVersion: '1',
      source: 'INPUT',
      content: [{ text: { text: 'Where?' } }],
    }),
  );
  const started = await client.send(
    new StartAsyncInvokeCommand({
      modelId: 'amazon.nova-reel-v1:0',
      modelInput: {},
      outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://parcels' } },
    }),
  );

  expect(count.inputTokens).toBeGreaterThan(0);
  expect(applied.action).toBe('NONE');
  expect(started.invocationArn).toContain(':async-invoke/');
});

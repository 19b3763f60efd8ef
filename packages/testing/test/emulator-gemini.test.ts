import { ApiError, type Candidate, GoogleGenAI, type Part } from '@google/genai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startModelEmulator, type ModelEmulator, type ModelScript } from '../src/index.ts';

let emulator: ModelEmulator;
beforeEach(async () => {
  emulator = await startModelEmulator();
});
afterEach(() => emulator.close());

function gemini(): GoogleGenAI {
  return new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: emulator.geminiBaseUrl } });
}

/** With a project, and with a key alone. */
function vertex(options: object = { apiKey: 'none' }): GoogleGenAI {
  const httpOptions = { baseUrl: emulator.geminiBaseUrl };
  return new GoogleGenAI({ vertexai: true, httpOptions, ...options });
}

const ask = { model: 'gemini-test', contents: 'Where is my parcel?' };

function partsOf(candidates: Candidate[] | undefined): Part[] | undefined {
  return candidates?.[0]?.content?.parts;
}

async function streamed(script: ModelScript): Promise<Part[]> {
  emulator.script([script]);
  const parts: Part[] = [];
  for await (const { candidates } of await gemini().models.generateContentStream(ask))
    parts.push(...(partsOf(candidates) ?? []));
  return parts;
}

describe('content', () => {
  test('without a script the text comes back', async () => {
    const response = await gemini().models.generateContent(ask);

    expect(response.text).toBe('You said: Where is my parcel?');
    expect(response).toMatchObject({
      responseId: 'resp-000001',
      modelVersion: 'gemini-test',
      candidates: [{ finishReason: 'STOP', index: 0, content: { role: 'model' } }],
    });
    expect(emulator.requests).toMatchObject([
      {
        api: 'generate_content',
        path: '/v1/models/gemini-test:generateContent',
        model: 'gemini-test',
        stream: false,
        lastText: 'Where is my parcel?',
      },
    ]);
  });

  test('thoughts are counted by themselves, cached tokens are part of the prompt', async () => {
    const usage = { inputTokens: 100, outputTokens: 20, reasoningTokens: 5, cacheReadTokens: 60 };
    emulator.script([
      { text: 'Here.', reasoning: ['It ', 'moves.'], finishReason: 'length', usage },
    ]);

    const { candidates, usageMetadata } = await gemini().models.generateContent(ask);

    expect(candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
    expect(partsOf(candidates)).toEqual([{ text: 'It moves.', thought: true }, { text: 'Here.' }]);
    expect(usageMetadata).toMatchObject({
      promptTokenCount: 100,
      candidatesTokenCount: 15,
      thoughtsTokenCount: 5,
      cachedContentTokenCount: 60,
      totalTokenCount: 120,
    });
  });

  test('tool calls, and what the tool gave', async () => {
    emulator.script([
      {
        toolCalls: [
          { name: 'track', arguments: { id: 7 } },
          { name: 'broken', arguments: '{"id', id: 'call_x' },
        ],
      },
      { when: ({ lastText }) => lastText === 'in Lyon', text: 'In Lyon.' },
    ]);

    const { functionCalls } = await gemini().models.generateContent(ask);
    const { text } = await gemini().models.generateContent({
      ...ask,
      contents: [
        {
          role: 'user',
          parts: [{ functionResponse: { name: 'track', response: { output: 'in Lyon' } } }],
        },
      ],
    });

    expect(functionCalls).toEqual([
      { name: 'track', args: { id: 7 } },
      { id: 'call_x', name: 'broken', args: '{"id' },
    ]);
    expect(text).toBe('In Lyon.');
  });

  test('a prompt that is refused has no candidates', async () => {
    emulator.script([{ finishReason: 'content_filter' }]);

    const { candidates, promptFeedback } = await gemini().models.generateContent(ask);

    expect(candidates).toBeUndefined();
    expect(promptFeedback).toEqual({ blockReason: 'SAFETY' });
    expect(await streamed({ finishReason: 'content_filter' })).toEqual([]);
  });

  test.each([{}, { crlf: true, writeBytes: 1 }, { writeBytes: 7 }])(
    'streams piece by piece: %o',
    async (how) => {
      const parts = await streamed({
        reasoning: ['It ', 'moves.'],
        text: ['Grüße ', 'aus 東京'],
        toolCalls: [{ name: 'track', arguments: { id: 7 } }],
        ...how,
      });

      expect(parts).toEqual([
        { text: 'It ', thought: true },
        { text: 'moves.', thought: true },
        { text: 'Grüße ' },
        { text: 'aus 東京' },
        { functionCall: { name: 'track', args: { id: 7 } } },
        { text: '' },
      ]);
      expect(emulator.requests[0]).toMatchObject({ stream: true, outcome: 'answered' });
    },
  );

  test('an error in the middle of a stream', async () => {
    const fault = { kind: 'error', afterChunks: 1, error: { status: 503 } } as const;

    await expect(streamed({ text: ['a ', 'b'], fault })).rejects.toMatchObject({
      name: 'ApiError',
      status: 503,
    });
  });

  test('errors are those of Google', async () => {
    emulator.script([
      { error: { status: 429, message: 'too many' } },
      { error: { status: 418, type: 'TEAPOT' } },
    ]);

    const errors = [
      await gemini()
        .models.generateContent(ask)
        .catch((error: unknown) => error),
      await gemini()
        .models.generateContent(ask)
        .catch((error: unknown) => error),
    ] as ApiError[];

    expect(errors.map(({ status, message }) => [status, JSON.parse(message) as unknown])).toEqual([
      [429, { error: { code: 429, message: 'too many', status: 'RESOURCE_EXHAUSTED' } }],
      [418, { error: { code: 418, message: 'answered 418 by a script', status: 'TEAPOT' } }],
    ]);
    expect(errors[0]).toBeInstanceOf(ApiError);
  });

  test('what the emulator has not is told in the same way', async () => {
    await expect(gemini().caches.list()).rejects.toMatchObject({ name: 'ApiError', status: 404 });
  });
});

describe('Vertex AI', () => {
  test('with a key alone', async () => {
    await vertex().models.generateContent(ask);

    expect(emulator.requests).toMatchObject([
      {
        path: '/v1beta1/publishers/google/models/gemini-test:generateContent',
        model: 'gemini-test',
      },
    ]);
  });

  test('with a project', async () => {
    const authClient = { getRequestHeaders: () => Promise.resolve(new Headers()) };
    const options = {
      project: 'parcels',
      location: 'europe-west1',
      googleAuthOptions: { authClient },
    };
    await vertex(options).models.generateContentStream(ask);

    expect(emulator.requests).toMatchObject([
      {
        path: '/v1beta1/projects/parcels/locations/europe-west1/publishers/google/models/gemini-test:streamGenerateContent',
        model: 'gemini-test',
        stream: true,
      },
    ]);
  });
});

describe('what needs no script', () => {
  const embed = { model: 'gemini-embedding-001', contents: ['one', 'two'] };

  test('embeddings, the same in every run', async () => {
    const config = { outputDimensionality: 4 };
    const { embeddings } = await gemini().models.embedContent({ ...embed, config });
    const again = await gemini().models.embedContent({ ...embed, contents: 'two', config });

    expect(embeddings).toHaveLength(2);
    expect(again.embeddings).toEqual([embeddings?.[1]]);
    expect(Math.hypot(...(embeddings?.[1]?.values ?? []))).toBeCloseTo(1);
    const { embeddings: whole } = await gemini().models.embedContent(embed);
    expect(whole?.[0]?.values).toHaveLength(3072);
  });

  test('embeddings on Vertex AI, with the tokens of each', async () => {
    const older = await vertex().models.embedContent(embed);
    const newer = await vertex().models.embedContent({
      model: 'gemini-embedding-2',
      contents: 'one two',
      config: { outputDimensionality: 8 },
    });

    expect(older.embeddings?.map(({ statistics }) => statistics?.tokenCount)).toEqual([1, 1]);
    expect(newer.embeddings).toMatchObject([{ statistics: { tokenCount: 2 } }]);
    expect(newer.embeddings?.[0]?.values).toHaveLength(8);
    expect(emulator.requests.map(({ path }) => path.split(':').at(-1))).toEqual([
      'predict',
      'embedContent',
    ]);
  });

  test('tokens and models', async () => {
    expect(await gemini().models.countTokens(ask)).toMatchObject({ totalTokens: 5 });
    const names: unknown[] = [];
    for await (const { name } of await gemini().models.list()) names.push(name);
    expect(names).toEqual(['models/gpt-emulated', 'models/claude-emulated']);
  });
});

describe('interactions', () => {
  const input = 'Where is my parcel?';
  const usage = { inputTokens: 100, outputTokens: 20, reasoningTokens: 5, cacheReadTokens: 60 };

  test('without a script the text comes back', async () => {
    const interaction = await gemini().interactions.create({ model: 'gemini-test', input });

    expect(interaction).toMatchObject({
      id: 'interaction-000001',
      model: 'gemini-test',
      status: 'completed',
      output_text: 'You said: Where is my parcel?',
    });
    expect(emulator.requests).toMatchObject([
      { api: 'interactions', model: 'gemini-test', stream: false, lastText: input },
    ]);
  });

  test('thoughts are a step and are counted by themselves', async () => {
    emulator.script([{ text: 'Here.', reasoning: ['It ', 'moves.'], usage }]);

    const { steps, usage: told } = await gemini().interactions.create({
      model: 'gemini-test',
      input,
    });

    expect(steps).toMatchObject([
      { type: 'thought', summary: [{ type: 'text', text: 'It moves.' }] },
      { type: 'model_output', content: [{ type: 'text', text: 'Here.' }] },
    ]);
    expect(told).toMatchObject({
      total_input_tokens: 100,
      total_cached_tokens: 60,
      total_output_tokens: 15,
      total_thought_tokens: 5,
      total_tokens: 120,
    });
  });

  test('a stream has each step in pieces', async () => {
    emulator.script([
      { text: ['On ', 'it.'], toolCalls: [{ name: 'track', arguments: { id: 7 } }] },
    ]);
    const stream = await gemini().interactions.create({
      model: 'gemini-test',
      input,
      stream: true,
    });
    const events: unknown[] = [];
    for await (const event of stream) events.push(event);

    expect(events).toMatchObject([
      { event_type: 'interaction.created', interaction: { status: 'in_progress' } },
      { event_type: 'interaction.status_update' },
      { event_type: 'step.start', index: 0, step: { type: 'model_output' } },
      { event_type: 'step.delta', index: 0, delta: { type: 'text', text: 'On ' } },
      { event_type: 'step.delta', index: 0, delta: { type: 'text', text: 'it.' } },
      { event_type: 'step.stop', index: 0 },
      { event_type: 'step.start', index: 1, step: { type: 'function_call', name: 'track' } },
      { event_type: 'step.delta', delta: { type: 'arguments_delta', arguments: '{"id":7}' } },
      { event_type: 'step.stop', index: 1 },
      { event_type: 'interaction.completed', interaction: { status: 'requires_action' } },
    ]);
  });

  test('an error has the form of Google', async () => {
    emulator.script([{ error: { status: 400 } }]);

    await expect(
      gemini().interactions.create({ model: 'gemini-test', input }),
    ).rejects.toMatchObject({
      status: 400,
      error: { error: { code: 400, status: 'INVALID_ARGUMENT' } },
    });
  });
});

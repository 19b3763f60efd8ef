import { geminiStream } from '@llm-otel/llm-conventions';
import { describe, expect, test } from 'vitest';
import { generateContentRequest } from './generate-content-request.ts';
import { generateContentResponse } from './generate-content-response.ts';
import { serverOf } from './google-client.ts';
import { imageRequest } from './image-request.ts';
import { modelName } from './model-name.ts';

const usageMetadata = {
  promptTokenCount: 100,
  candidatesTokenCount: 30,
  thoughtsTokenCount: 12,
  toolUsePromptTokenCount: 7,
  cachedContentTokenCount: 40,
  totalTokenCount: 149,
  promptTokensDetails: [
    { modality: 'TEXT', tokenCount: 60 },
    { modality: 'IMAGE', tokenCount: 25 },
    { modality: 'AUDIO', tokenCount: 15 },
  ],
  toolUsePromptTokensDetails: [{ modality: 'TEXT', tokenCount: 7 }],
  cacheTokensDetails: [{ modality: 'TEXT', tokenCount: 40 }],
  candidatesTokensDetails: [
    { modality: 'TEXT', tokenCount: 20 },
    { modality: 'IMAGE', tokenCount: 10 },
  ],
  trafficType: 'ON_DEMAND_PRIORITY',
};
const usage = {
  inputTokens: 107,
  outputTokens: 42,
  cacheReadTokens: 40,
  reasoningTokens: 12,
  textInputTokens: 67,
  imageInputTokens: 25,
  audioInputTokens: 15,
  textOutputTokens: 20,
  imageOutputTokens: 10,
  textCacheReadTokens: 40,
};
const response = {
  responseId: 'r1',
  modelVersion: 'gemini-2.5-flash-001',
  candidates: [
    { content: { role: 'model', parts: [{ text: 'In Lyon.' }] }, finishReason: 'STOP', index: 0 },
    { content: { role: 'model', parts: [] }, finishReason: 'RECITATION', index: 1 },
  ],
  usageMetadata,
};

describe('an answer', () => {
  test('tells its tokens by kind, its tier, and why each candidate ended', () => {
    expect(generateContentResponse(response, false)).toMatchObject({
      id: 'r1',
      model: 'gemini-2.5-flash-001',
      usage,
      serviceTier: 'priority',
      finishReasons: ['stop', 'content_filter'],
    });
  });

  test('says the same in pieces, each of which has the tokens so far', () => {
    const reader = geminiStream.open({ content: true });
    const piece = (text: string, promptTokenCount: number): object => ({
      ...response,
      candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }],
      usageMetadata: { promptTokenCount },
    });
    for (const chunk of [piece('In ', 1), piece('Lyon', 2), response, { usageMetadata: {} }])
      expect(reader.read(chunk)).toBeUndefined();

    expect(reader.response()).toMatchObject({
      id: 'r1',
      usage,
      serviceTier: 'priority',
      finishReasons: ['stop', 'content_filter'],
      outputMessages: [{ parts: [{ type: 'text', content: 'In LyonIn Lyon.' }] }, {}],
    });
  });

  test('that was refused tells that, with what the prompt took', () => {
    const refused = {
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: 9 },
    };

    expect(generateContentResponse(refused, true)).toMatchObject({
      finishReasons: ['content_filter'],
      usage: { inputTokens: 9 },
      outputMessages: [],
    });
  });
});

const throwing = {
  get config(): never {
    throw new Error('no');
  },
  get candidates(): never {
    throw new Error('no');
  },
};
const cyclic: Record<string, unknown> = { model: 'm' };
cyclic['config'] = cyclic;
cyclic['contents'] = cyclic;

const strange: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  'a text': 'text',
  'a number': 7,
  'a list': [],
  'an object that cannot be read': throwing,
  'an object in itself': cyclic,
  'settings that are a text': { config: 'a' },
};

// By name: vitest would read an object to print it.
test.each(Object.keys(strange))(
  'what is no request and no answer is read as one that says nothing: %s',
  (name) => {
    const value = strange[name];
    const server = serverOf(value as never, value);

    expect(server).toEqual({ provider: 'gcp.gemini' });
    expect(generateContentRequest(value, server, true, false).maxTokens).toBeUndefined();
    expect(imageRequest(value, server, true).choiceCount).toBeUndefined();
    expect(generateContentResponse(value, true).usage).toBeUndefined();
  },
);

test.each([
  ['gemini-2.5-flash', 'gemini-2.5-flash'],
  ['models/gemini-2.5-flash', 'gemini-2.5-flash'],
  ['publishers/google/models/gemini-2.5-flash', 'gemini-2.5-flash'],
  ['projects/p/locations/l/publishers/meta/models/llama-3.1', 'llama-3.1'],
  ['projects/p/locations/l/endpoints/7', 'projects/p/locations/l/endpoints/7'],
  ['tunedModels/parcels-7', 'tunedModels/parcels-7'],
  ['google/gemini-2.5-flash', 'google/gemini-2.5-flash'],
  ['models/', 'models/'],
  ['', undefined],
])('the model %s is %s', (model, name) => {
  expect(modelName({ model })).toBe(name);
});

import { describe, expect, test } from 'vitest';
import { modelRequest } from './model-request.ts';
import { modelResponse } from './model-response.ts';

describe('the request', () => {
  test.each([
    ['openai', 'openai'],
    ['google_genai', 'gcp.gemini'],
    ['amazon_bedrock', 'aws.bedrock'],
    ['mistralai', 'mistral_ai'],
    ['ollama', 'ollama'],
    [undefined, 'langchain'],
  ])('of the provider %s is one of %s', (named, provider) => {
    expect(modelRequest({}, {}, { ls_provider: named }).provider).toBe(provider);
  });

  test('its parameters, from where LangChain has them', () => {
    const params = {
      model: 'm',
      stream: true,
      top_p: 0.5,
      max_tokens: 9,
      temperature: 0.1,
      stop: ['x', 7],
      seed: 3,
    };
    expect(modelRequest({}, { invocation_params: params }, undefined)).toMatchObject({
      operation: 'chat',
      model: 'm',
      stream: true,
      topP: 0.5,
      maxTokens: 9,
      temperature: 0.1,
      stopSequences: ['x'],
      seed: 3,
    });
    const metadata = { ls_model_type: 'llm', ls_model_name: 'n', ls_temperature: 1 };
    expect(modelRequest({}, { invocation_params: params }, metadata)).toMatchObject({
      operation: 'text_completion',
      model: 'n',
      temperature: 1,
    });
  });

  test.each([
    ['http://127.0.0.1/v1', { serverAddress: '127.0.0.1', serverPort: 80 }],
    ['https://models.example.org/v1', { serverAddress: 'models.example.org', serverPort: 443 }],
    ['http://127.0.0.1:8080', { serverAddress: '127.0.0.1', serverPort: 8080 }],
    ['nowhere', {}],
  ])('to the server at %s', (baseURL, expected) => {
    const request = modelRequest({ kwargs: { configuration: { baseURL } } }, {}, {});
    expect(request).toMatchObject(expected);
    expect('serverAddress' in request).toBe('serverAddress' in expected);
  });
});

describe('the answer', () => {
  test('tokens with their parts, in the form of every provider', () => {
    const message = {
      id: 'chatcmpl-1',
      response_metadata: { model_name: 'm', stop_reason: 'end_turn', service_tier: 'flex' },
      usage_metadata: {
        input_tokens: 12,
        output_tokens: 5,
        input_token_details: { cache_read: 4, cache_creation: 2, audio: 1 },
        output_token_details: { reasoning: 3, audio: 1 },
      },
    };
    expect(modelResponse({ generations: [[{ message }]] }, false)).toEqual({
      id: 'chatcmpl-1',
      model: 'm',
      serviceTier: 'flex',
      finishReasons: ['stop'],
      usage: {
        inputTokens: 12,
        outputTokens: 5,
        cacheReadTokens: 4,
        cacheWriteTokens: 2,
        audioInputTokens: 1,
        audioOutputTokens: 1,
        reasoningTokens: 3,
      },
    });
  });

  test('totals of older models; an id that LangChain made up is none', () => {
    const output = {
      generations: [
        [{ text: 'x', message: { id: 'run-1' }, generationInfo: { finish_reason: 'length' } }],
      ],
      llmOutput: { tokenUsage: { promptTokens: 12, completionTokens: 5 } },
    };
    expect(modelResponse(output, false)).toMatchObject({
      id: undefined,
      finishReasons: ['length'],
      usage: { inputTokens: 12, outputTokens: 5 },
    });
  });

  test('of nothing is nothing', () => {
    for (const nothing of [undefined, null, 7, {}, { generations: [] }, { generations: [7] }])
      expect(modelResponse(nothing, true)).toMatchObject({
        usage: undefined,
        finishReasons: undefined,
        outputMessages: [],
      });
  });
});

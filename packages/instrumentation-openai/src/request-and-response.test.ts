import { createGenAi } from '@llm-otel/llm-conventions';
import { recordSpans } from '@llm-otel/testing';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { chatRequest } from './chat-request.ts';
import {
  chatResponse,
  completionResponse,
  mediaResponse,
  responsesResponse,
} from './response-facts.ts';
import { startSearch } from './search.ts';

const server = { provider: 'openai' } as const;

describe('what a chat completion is asked for', () => {
  test.each([
    [{ response_format: { type: 'json_schema' } }, 'json'],
    [{ response_format: { type: 'json_object' } }, 'json'],
    [{ response_format: { type: 'text' } }, 'text'],
    [{ modalities: ['text', 'audio'] }, 'speech'],
    [{ modalities: ['text'] }, undefined],
    [{ modalities: 'audio' }, undefined],
    [undefined, undefined],
  ])('%j is output of type %s', (body, type) => {
    expect(chatRequest(body, server, false).outputType).toBe(type);
  });

  test('messages and tools are read where content is recorded', () => {
    const body = { messages: [{ role: 'user', content: 'Hi' }], tools: [{ type: 'function' }] };

    expect(chatRequest(body, server, false).inputMessages).toBeUndefined();
    expect(chatRequest(body, server, true).inputMessages).toHaveLength(1);
  });
});

describe('what is answered', () => {
  test('texts are read where content is recorded', () => {
    const choices = [{ text: 'One', finish_reason: 'stop' }, { finish_reason: 'odd' }, {}];

    expect(completionResponse({ choices }, false)).not.toHaveProperty('outputMessages');
    expect(completionResponse({ choices }, true).outputMessages).toMatchObject([
      { parts: [{ content: 'One' }] },
      { parts: [{ content: '' }] },
      { parts: [{ content: '' }] },
    ]);
    const message = { role: 'assistant', content: 'Two' };
    expect(chatResponse({ choices: [{ message }] }, true).outputMessages).toHaveLength(1);
    expect(chatResponse({ choices: [{ message }] }, false).outputMessages).toBeUndefined();
  });

  test('a transcript is text, a picture is not', () => {
    expect(mediaResponse('Good morning', true).outputMessages).toHaveLength(1);
    expect(mediaResponse({ text: 'Good morning' }, true).outputMessages).toHaveLength(1);
    expect(mediaResponse({ data: [{ b64_json: 'AAAA' }] }, true)).not.toHaveProperty(
      'outputMessages',
    );
    expect(mediaResponse('Good morning', false)).not.toHaveProperty('outputMessages');
  });

  test('the fingerprint and the reason are told where they are there', () => {
    expect(
      responsesResponse({ system_fingerprint: 'fp_1', status: 'completed' }, false),
    ).toMatchObject({
      attributes: { 'openai.response.system_fingerprint': 'fp_1' },
      finishReasons: ['stop'],
    });
    expect(responsesResponse({}, false)).not.toHaveProperty('finishReasons');
    expect(responsesResponse({ output: [] }, true)).toHaveProperty('outputMessages');
  });
});

test('a search of several queries, for what has no id, that fails or has nothing to say', () => {
  const recorder = recordSpans();
  const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
  const genAi = createGenAi({ tracer, content: 'span' });

  startSearch(genAi, server, [undefined, { query: ['one', 'two'] }]).fail(new Error('away'));
  startSearch(genAi, server, ['vs_1', { query: [] }]).end();
  startSearch(genAi, server, ['vs_1', { query: 'one' }]).parsed({ data: [{}] });

  expect(recorder.spans.map(({ attributes }) => attributes['gen_ai.data_source.id'])).toEqual([
    undefined,
    'vs_1',
    'vs_1',
  ]);
  expect(recorder.spans[0]?.attributes).toMatchObject({
    'error.type': 'Error',
    'gen_ai.retrieval.query.text': 'one\ntwo',
  });
});

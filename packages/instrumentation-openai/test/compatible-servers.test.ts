// Streams of servers that speak OpenAI's chat API, in the form that each documents: all say why an answer ended.
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { OpenAI } from 'openai';
import { afterEach, describe, expect, test } from 'vitest';
import { instrument } from '../src/index.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
afterEach(() => recorder.clear());

const head = { object: 'chat.completion.chunk', created: 1, id: 'chatcmpl-1', model: 'm' };
const usage = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };
const call = {
  id: 'call_1',
  index: 0,
  type: 'function',
  function: { name: 'track', arguments: '{"id":7}' },
};

interface Server {
  /** A piece of an answer, or its end. */
  readonly chunk: (delta: object, reason: string | null) => object;
  /** The first chunk, where it has no text. */
  readonly first?: object;
  /** What the chunk that ends an answer has in place of a piece. */
  readonly last: object;
  /** Where tokens are asked for: beside them. */
  readonly withUsage?: object;
}

const servers: Readonly<Record<string, Server>> = {
  'llama.cpp': {
    chunk: (delta, finish_reason) => ({
      choices: [{ finish_reason, index: 0, delta }],
      ...head,
      system_fingerprint: 'b6000-0123abcd',
      ...(finish_reason !== null && { timings: { prompt_n: 12, predicted_n: 5 } }),
    }),
    first: { role: 'assistant', content: null },
    last: {},
    withUsage: { timings: { prompt_n: 12, predicted_n: 5 } },
  },
  vLLM: {
    chunk: (delta, finish_reason) => ({
      ...head,
      choices: [
        {
          index: 0,
          delta,
          logprobs: null,
          finish_reason,
          ...(finish_reason !== null && { stop_reason: null }),
          token_ids: null,
        },
      ],
    }),
    first: { role: 'assistant', content: '' },
    last: { content: '' },
  },
  Ollama: {
    chunk: (delta, finish_reason) => ({
      ...head,
      system_fingerprint: 'fp_ollama',
      choices: [{ index: 0, delta: { role: 'assistant', content: '', ...delta }, finish_reason }],
    }),
    last: {},
  },
};

async function attributesOf(chunks: readonly object[]): Promise<Record<string, unknown>> {
  const lines = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'];
  const body = lines.map((line) => `data: ${line}\n\n`).join('');
  const headers = { 'content-type': 'text/event-stream' };
  const client = new OpenAI({
    apiKey: 'none',
    baseURL: 'http://127.0.0.1:8080/v1',
    fetch: () => Promise.resolve(new Response(body, { headers })),
  });
  const stream = await instrument(client, { tracer }).chat.completions.create({
    model: 'm',
    messages: [{ role: 'user', content: 'Where is my parcel?' }],
    stream: true,
  });
  for await (const _ of stream);
  return { ...recorder.spans[0]?.attributes };
}

describe.each(Object.entries(servers))('%s', (_name, { chunk, first, last, withUsage }) => {
  const opening = first === undefined ? [] : [chunk(first, null)];

  test.each(['stop', 'length'])('an answer that ended with %s is complete', async (reason) => {
    const pieces = ['On ', 'its way.'].map((content) => chunk({ content }, null));

    const attributes = await attributesOf([...opening, ...pieces, chunk(last, reason)]);

    expect(attributes).toMatchObject({
      'llm_otel.stream.outcome': 'completed',
      'gen_ai.response.finish_reasons': [reason],
    });
    expect(attributes).not.toHaveProperty('error.type');
  });

  test('calls of tools are, too, and tokens that come behind count', async () => {
    const attributes = await attributesOf([
      ...opening,
      chunk({ tool_calls: [call] }, null),
      chunk(last, 'tool_calls'),
      { ...head, choices: [], usage, ...withUsage },
    ]);

    expect(attributes).toMatchObject({
      'llm_otel.stream.outcome': 'completed',
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 5,
    });
  });

  test('an answer that is cut is not', async () => {
    const attributes = await attributesOf([...opening, chunk({ content: 'On ' }, null)]);

    expect(attributes).toMatchObject({
      'llm_otel.stream.outcome': 'failed',
      'error.type': 'incomplete_stream',
    });
  });
});

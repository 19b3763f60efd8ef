import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans } from '@llm-otel/testing';
import { GoogleGenAI } from '@google/genai';
import { GoogleGenAI as GoogleGenAI232 } from 'google-genai-2-32';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instrument } from '../src/index.ts';
import { ask, collect, name } from './contract/shared.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
const requests: unknown[] = [];
beforeEach(() => {
  requests.length = 0;
});
afterEach(() => {
  recorder.clear();
  context.disable();
});

/** An answer that stops in the middle, where a token is given to go on from. */
function piece(text: string, token?: string): object {
  return {
    candidates: [
      {
        content: { role: 'model', parts: [{ text }] },
        ...(token === undefined ? { finishReason: 'STOP' } : { continuationToken: token }),
      },
    ],
    usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 5, totalTokenCount: 17 },
  };
}

const pieces = [piece('On ', 'a'), piece('its ', 'b'), piece('way.')];

function client(
  answers: readonly (() => Response)[],
  Client: typeof GoogleGenAI = GoogleGenAI,
): GoogleGenAI {
  let next = 0;
  return new Client({
    apiKey: 'none',
    httpOptions: {
      fetch: (_url, init) => {
        requests.push(JSON.parse(init?.body as string));
        return Promise.resolve(answers[next++]?.() ?? Response.error());
      },
    },
  });
}

const bodies = pieces.map((body) => () => Response.json(body));
const streams = pieces.map((body) => () => new Response(`data: ${JSON.stringify(body)}\n\n`));

describe.each([
  ['3.3', GoogleGenAI],
  ['2.32', GoogleGenAI232 as unknown as typeof GoogleGenAI],
])('a call of %s that goes on by itself', (_release, Client) => {
  // The requests behind the first are told apart without one as well.
  describe.each([true, false])('(with a context manager: %s)', (managed) => {
    beforeEach(() => {
      if (managed) context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    });

    test('is one call, with what all its requests used', async () => {
      const bare = await client(bodies, Client).models.generateContent(ask);
      const asked = requests.splice(0);

      const response = await instrument(client(bodies, Client), { tracer }).models.generateContent(
        ask,
      );

      expect(response).toEqual(bare);
      expect(response.text).toBe('On its way.');
      expect(requests).toEqual(asked);
      expect(requests).toHaveLength(3);
      expect(recorder.openSpans).toEqual([]);
      expect(recorder.spans.map((span) => span.name)).toEqual([name]);
      expect(recorder.spans[0]?.attributes).toMatchObject({
        'gen_ai.usage.input_tokens': response.usageMetadata?.promptTokenCount,
        'gen_ai.usage.output_tokens': 15,
        'gen_ai.response.finish_reasons': ['stop'],
      });
      expect(checkConformance(recorder.spans[0]!).errors).toEqual([]);
    });

    test('is one call as a stream, too', async () => {
      const bare = await collect(await client(streams, Client).models.generateContentStream(ask));
      const asked = requests.splice(0);

      const observed = instrument(client(streams, Client), { tracer, content: 'span' });
      const chunks = await collect(await observed.models.generateContentStream(ask));

      expect(chunks).toEqual(bare);
      expect(requests).toEqual(asked);
      expect(recorder.openSpans).toEqual([]);
      expect(recorder.spans.map((span) => span.name)).toEqual([name]);
      expect(recorder.spans[0]?.attributes).toMatchObject({
        'gen_ai.usage.output_tokens': 15,
        'gen_ai.response.finish_reasons': ['stop'],
        'llm_otel.stream.outcome': 'completed',
      });
      expect(recorder.spans[0]?.attributes['gen_ai.output.messages']).toContain('On its way.');
    });
  });
});

test('an application that goes on by itself makes calls of its own', async () => {
  const { models } = instrument(client(bodies), { tracer });
  const config = { automaticContinuation: false };

  await models.generateContent({ ...ask, config });
  await models.generateContent({ ...ask, config: { ...config, continuationToken: 'a' } });

  expect(recorder.spans.map((span) => span.name)).toEqual([name, name]);
});

test('one that is begun again from a token is one call', async () => {
  const { models } = instrument(client(bodies), { tracer });

  await models.generateContent({ ...ask, config: { continuationToken: 'from before' } });

  expect(requests).toHaveLength(3);
  expect(recorder.spans.map((span) => span.name)).toEqual([name]);
});

test('one that fails on the way has one span, which failed', async () => {
  const answers = [bodies[0]!, () => Response.json({ error: { code: 503 } }, { status: 503 })];
  const { models } = instrument(client(answers), { tracer });

  await expect(models.generateContent(ask)).rejects.toThrow();

  expect(recorder.spans.map(({ status }) => status.code)).toEqual([2]);
  expect(trace.getActiveSpan()).toBeUndefined();
});

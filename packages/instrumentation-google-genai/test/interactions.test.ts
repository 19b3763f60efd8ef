import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans } from '@llm-otel/testing';
import { GoogleGenAI } from '@google/genai';
import { GoogleGenAI as GoogleGenAI152 } from 'google-genai-1-52';
import { GoogleGenAI as GoogleGenAI20 } from 'google-genai-2-0';
import { GoogleGenAI as GoogleGenAI232 } from 'google-genai-2-32';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { instrument } from '../src/index.ts';
import { collect } from './contract/shared.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
afterEach(() => {
  recorder.clear();
  context.disable();
  vi.restoreAllMocks();
});

const model = 'gemini-3.5-flash';
const input = 'Where is my parcel?';
const name = `generate_content ${model}`;

interface Answered {
  readonly client: GoogleGenAI;
  readonly requests: { readonly path: string; readonly body: unknown }[];
}

/** A client whose requests get `answers`, one after the other. */
function answered(
  answers: readonly Response[],
  Client: typeof GoogleGenAI = GoogleGenAI,
  more: object = {},
): Answered {
  const requests: { path: string; body: unknown }[] = [];
  let next = 0;
  const fetch = async (url: Request | URL | string, init?: RequestInit): Promise<Response> => {
    const request = url instanceof Request ? url : new Request(url, init);
    const text = await request.text();
    requests.push({
      path: new URL(request.url).pathname,
      body: text === '' ? undefined : JSON.parse(text),
    });
    return answers[next++] ?? Response.error();
  };
  // Releases before 2.23 take none of their own.
  vi.spyOn(globalThis, 'fetch').mockImplementation(fetch);
  const client = new Client({ apiKey: 'none', httpOptions: { fetch }, ...more });
  return { client: instrument(client, { tracer, content: 'span' }), requests };
}

const usage = {
  total_input_tokens: 12,
  total_tool_use_tokens: 3,
  total_output_tokens: 5,
  total_thought_tokens: 2,
};
const interaction = {
  id: 'i-1',
  model,
  status: 'completed',
  usage,
  service_tier: 'flex',
  steps: [{ type: 'model_output', content: [{ type: 'text', text: 'On its way.' }] }],
};

function events(...of: readonly object[]): Response {
  const lines = of.map((event) => `data: ${JSON.stringify(event)}\n\n`);
  return new Response([...lines, 'data: [DONE]\n\n'].join(''), {
    headers: { 'content-type': 'text/event-stream' },
  });
}

/** One interaction as a stream. */
function streamed(id: string, text: string, status: string, more: object = {}): object[] {
  return [
    { event_type: 'interaction.created', interaction: { id, model, status: 'in_progress' } },
    { event_type: 'step.start', index: 0, step: { type: 'model_output' } },
    { event_type: 'step.delta', index: 0, delta: { type: 'text', text } },
    { event_type: 'step.stop', index: 0 },
    { event_type: 'interaction.completed', interaction: { id, model, status, usage, ...more } },
  ];
}

const releases = [
  ['3.3', GoogleGenAI],
  ['2.32', GoogleGenAI232 as unknown as typeof GoogleGenAI],
  ['2.0', GoogleGenAI20 as unknown as typeof GoogleGenAI],
] as const;

describe.each(releases)('interactions of release %s', (_release, Client) => {
  test('have what was asked for and what came', async () => {
    const { client } = answered([Response.json(interaction)], Client);

    await client.interactions.create({
      model: `models/${model}`,
      input,
      system_instruction: 'Be brief.',
      previous_interaction_id: 'i-0',
      response_format: { type: 'text', mime_type: 'application/json' },
      tools: [{ type: 'function', name: 'track' }],
      generation_config: {
        temperature: 0.2,
        top_p: 0.9,
        max_output_tokens: 100,
        seed: 7,
        stop_sequences: ['END'],
        thinking_level: 'low',
      },
    });

    const [span] = recorder.spans;
    expect(span?.name).toBe(name);
    expect(span?.attributes).toMatchObject({
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.provider.name': 'gcp.gemini',
      'server.address': 'generativelanguage.googleapis.com',
      'gen_ai.request.model': model,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.request.previous_response.id': 'i-0',
      'gen_ai.output.type': 'json',
      'gen_ai.response.id': 'i-1',
      'gen_ai.response.model': model,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 15,
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.usage.reasoning.output_tokens': 2,
      'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
      'gen_ai.tool.definitions': '[{"type":"function","name":"track"}]',
    });
    expect(span?.attributes['gen_ai.input.messages']).toContain(input);
    expect(span?.attributes['gen_ai.output.messages']).toContain('On its way.');
    expect(checkConformance(span!, { content: true }).errors).toEqual([]);
  });

  test('that are streamed have the same', async () => {
    const { client } = answered([events(...streamed('i-1', 'On its way.', 'completed'))], Client);

    await collect(await client.interactions.create({ model, input, stream: true }));

    const [span] = recorder.spans;
    expect(span?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.id': 'i-1',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 15,
      'gen_ai.usage.output_tokens': 7,
      'llm_otel.stream.outcome': 'completed',
    });
    expect(span?.attributes['gen_ai.output.messages']).toContain('On its way.');
    expect(checkConformance(span!, { content: true }).errors).toEqual([]);
  });

  test('of an agent that works in the background are begun, asked for, cancelled and deleted', async () => {
    const begun = { id: 'i-1', agent: 'deep-research', status: 'in_progress' };
    const { client, requests } = answered(
      [Response.json(begun), Response.json(interaction), Response.json(begun), Response.json({})],
      Client,
    );

    await client.interactions.create({ agent: 'deep-research', input, background: true });
    await client.interactions.get('i-1');
    await client.interactions.cancel('i-1');
    await client.interactions.delete('i-1');

    expect(requests.map(({ path }) => path.replace(/^\/v1(?:beta)?/, ''))).toEqual([
      '/interactions',
      '/interactions/i-1',
      '/interactions/i-1/cancel',
      '/interactions/i-1',
    ]);
    const [asked, fetched, cancelled, deleted] = recorder.spans;
    expect(asked?.name).toBe('generate_content');
    expect(asked?.attributes).toMatchObject({
      'gen_ai.agent.name': 'deep-research',
      'gen_ai.response.id': 'i-1',
    });
    expect(asked?.attributes).not.toHaveProperty('gen_ai.response.finish_reasons');
    expect(fetched?.name).toBe('fetch_response');
    expect(fetched?.attributes).toMatchObject({
      'gen_ai.response.id': 'i-1',
      'gen_ai.response.status': 'completed',
      'gen_ai.response.finish_reasons': ['stop'],
    });
    // They were told by who made the interaction.
    expect(fetched?.attributes).not.toHaveProperty('gen_ai.usage.input_tokens');
    expect([cancelled, deleted].map((span) => span?.name)).toEqual([
      'google_genai.interactions.cancel',
      'google_genai.interactions.delete',
    ]);
    expect(cancelled?.attributes).toMatchObject({ 'llm_otel.object.id': 'i-1' });
    expect(
      recorder.spans.flatMap((span) => checkConformance(span, { content: true }).errors),
    ).toEqual([]);
  });

  test('that are read again from an event on are fetched', async () => {
    const { client } = answered([events(...streamed('i-1', 'On its way.', 'completed'))], Client);

    const stream = await client.interactions.get('i-1', { stream: true, last_event_id: 'e-7' });

    expect(await collect(stream)).toHaveLength(5);
    expect(
      recorder.spans.map((span) => [span.name, span.attributes['gen_ai.request.stream_cursor']]),
    ).toEqual([['fetch_response', 'e-7']]);
  });

  test('a call within a call is its child, and attempts are events', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const refused = (): Response =>
      Response.json(
        { error: { code: 503, message: 'busy', status: 'UNAVAILABLE' } },
        { status: 503, headers: { 'retry-after-ms': '1' } },
      );
    const { client } = answered([refused(), refused(), Response.json(interaction)], Client);

    await tracer.startActiveSpan('request', async (span) => {
      await client.interactions.create({ model, input });
      span.end();
    });

    const [call, outer] = recorder.spans;
    expect(call?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(call?.status.code).toBe(0);
    expect(call?.events.map(({ name: event, attributes }) => [event, attributes])).toEqual(
      [1, 2].map((count) => [
        'llm_otel.request.retry',
        {
          'http.request.resend_count': count,
          'http.response.status_code': 503,
          'llm_otel.retry_after_seconds': 0.001,
        },
      ]),
    );
  });
});

describe.each(releases.slice(0, 2))(
  'where the client of %s goes on by itself',
  (_release, Client) => {
    test('there is one call, with what all requests used, and no attempt', async () => {
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      const first = {
        ...interaction,
        status: 'requires_continuation',
        continuation_token: 'next',
      };
      const { client, requests } = answered(
        [Response.json(first), Response.json({ ...interaction, id: 'i-2' })],
        Client,
      );

      const body = await client.interactions.create({ model, input });

      expect(body.continuation_ids).toEqual(['i-1', 'i-2']);
      expect(requests).toHaveLength(2);
      expect(recorder.spans).toHaveLength(1);
      expect(recorder.spans[0]?.events).toEqual([]);
      expect(recorder.spans[0]?.attributes).toMatchObject({
        'gen_ai.response.id': 'i-2',
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 30,
        'gen_ai.usage.output_tokens': 14,
      });
    });

    test('a stream is one call as well', async () => {
      const first = streamed('i-1', 'On its ', 'requires_continuation', {
        continuation_token: 'next',
      });
      const { client, requests } = answered(
        [events(...first), events(...streamed('i-2', 'way.', 'completed'))],
        Client,
      );

      const stream = await client.interactions.create({ model, input, stream: true });

      expect(await collect(stream)).toHaveLength(10);
      expect(requests).toHaveLength(2);
      expect(recorder.spans).toHaveLength(1);
      expect(recorder.spans[0]?.attributes).toMatchObject({
        'gen_ai.response.id': 'i-2',
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 30,
        'gen_ai.usage.output_tokens': 14,
      });
    });

    test('a proxy of a stream, as it gives for a token, is observed and stays one', async () => {
      const { client } = answered([events(...streamed('i-1', 'way.', 'completed'))], Client);

      const stream = await client.interactions.create({
        model,
        input,
        stream: true,
        continuation_token: 'next',
        automatic_continuation: false,
      });

      expect(await collect(stream)).toHaveLength(5);
      expect(recorder.spans.map((span) => span.attributes['gen_ai.usage.output_tokens'])).toEqual([
        7,
      ]);
    });
  },
);

test('an interaction of Vertex AI is told apart', async () => {
  const authClient = { getRequestHeaders: () => Promise.resolve(new Headers()) };
  const { client, requests } = answered([Response.json(interaction)], GoogleGenAI, {
    apiKey: undefined,
    vertexai: true,
    project: 'parcels',
    location: 'us-central1',
    googleAuthOptions: { authClient },
  });

  await client.interactions.create({ model, input });

  expect(requests[0]?.path).toContain('/projects/parcels/locations/us-central1/interactions');
  expect(recorder.spans[0]?.attributes).toMatchObject({
    'gen_ai.provider.name': 'gcp.vertex_ai',
    'server.address': 'us-central1-aiplatform.googleapis.com',
  });
});

test('a decision is content that a model generates', async () => {
  const answers = { late: { type: 'noul', answer: 'yes' } };
  const { client } = answered([
    Response.json({ answers, usage }),
    Response.json({ prompt_feedback: { block_reason: 'safety' }, usage }),
  ]);
  const questions = { late: { type: 'noul' as const, instructions: 'Is it late?' } };

  await client.decisions.create({ model: `models/${model}`, input, questions });
  await client.decisions.create({ model, input, questions });

  const [span, blocked] = recorder.spans;
  expect(span?.name).toBe(name);
  expect(span?.attributes).toMatchObject({
    'gen_ai.output.type': 'json',
    'gen_ai.usage.input_tokens': 15,
    'gen_ai.usage.output_tokens': 7,
  });
  expect(span?.attributes['gen_ai.output.messages']).toContain('late');
  expect(blocked?.attributes).toMatchObject({
    'gen_ai.response.finish_reasons': ['content_filter'],
  });
  expect(recorder.spans.flatMap((one) => checkConformance(one, { content: true }).errors)).toEqual(
    [],
  );
});

test('the experiment of 1.52 is read in its own form', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const [text] = interaction.steps[0]?.content ?? [];
  const end = { event_type: 'interaction.complete', interaction: { ...interaction, steps: [] } };
  const { client } = answered(
    [
      Response.json({ ...interaction, steps: undefined, outputs: [text] }),
      events(
        { event_type: 'interaction.start', interaction: { id: 'i-1', status: 'in_progress' } },
        { event_type: 'content.start', index: 0, content: { type: 'text' } },
        { event_type: 'content.delta', index: 0, delta: text },
        end,
      ),
    ],
    GoogleGenAI152 as unknown as typeof GoogleGenAI,
  );

  await client.interactions.create({ model, input });
  await collect(await client.interactions.create({ model, input, stream: true }));

  for (const span of recorder.spans) {
    expect(span.status.code).toBe(0);
    expect(span.attributes['gen_ai.usage.output_tokens']).toBe(7);
    expect(span.attributes['gen_ai.output.messages']).toContain('On its way.');
  }
  expect(recorder.spans).toHaveLength(2);
});

test('observing a client makes none of its resources, of which some print a warning', () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const old = new GoogleGenAI152({ apiKey: 'none' });

  instrument(old);

  expect(warned).not.toHaveBeenCalled();
  expect(old.interactions).toBe(old.interactions);
  expect(warned).toHaveBeenCalledTimes(1);
});

import { crc32 } from 'node:zlib';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans } from '@llm-otel/testing';
import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import { AnthropicVertex } from '@anthropic-ai/vertex-sdk';
import { Anthropic as OldAnthropic } from 'anthropic-0-90';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instrument } from '../src/index.ts';
import { ask, collect, streamed } from './contract/shared.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  recorder.clear();
  context.disable();
});

const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-opus-4-8',
  content: [{ type: 'text', text: 'In Lyon.' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 12, output_tokens: 5 },
};
const events = [
  { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'In Lyon.' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
  { type: 'message_stop' },
];

/** Answers from memory, as JSON or as the stream of the provider. */
function answering(stream: () => Response): typeof fetch {
  return (url) =>
    Promise.resolve(
      /stream/i.test(url instanceof Request ? url.url : String(url))
        ? stream()
        : Response.json(message),
    );
}

function serverSentEvents(): Response {
  const text = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  return new Response(text.join(''), { headers: { 'content-type': 'text/event-stream' } });
}

/** Amazon's binary frames: lengths, a checksum of them, headers, the payload, a checksum of all. */
function amazonEventStream(): Response {
  const frames = events.map((event) => {
    const bytes = Buffer.from(JSON.stringify(event)).toString('base64');
    const payload = Buffer.from(JSON.stringify({ bytes }));
    const headers = Buffer.concat(
      Object.entries({ ':event-type': 'chunk', ':message-type': 'event' }).map(([name, value]) => {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(value.length);
        const text = 7;
        return Buffer.from([
          name.length,
          ...Buffer.from(name),
          text,
          ...length,
          ...Buffer.from(value),
        ]);
      }),
    );
    const prelude = Buffer.alloc(8);
    prelude.writeUInt32BE(16 + headers.length + payload.length, 0);
    prelude.writeUInt32BE(headers.length, 4);
    const start = Buffer.concat([prelude, checksum(prelude), headers, payload]);
    return Buffer.concat([start, checksum(start)]);
  });
  return new Response(Buffer.concat(frames), {
    headers: { 'content-type': 'application/vnd.amazon.eventstream' },
  });
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}

function bedrock(): AnthropicBedrock {
  return new AnthropicBedrock({
    awsRegion: 'eu-west-1',
    awsAccessKey: 'none',
    awsSecretKey: 'none',
    logLevel: 'off',
    fetch: answering(amazonEventStream),
  });
}

function vertex(): AnthropicVertex {
  return new AnthropicVertex({
    region: 'europe-west1',
    projectId: 'parcels',
    authClient: { getRequestHeaders: () => Promise.resolve(new Headers()) } as never,
    logLevel: 'off',
    fetch: answering(serverSentEvents),
  });
}

describe.each([
  ['Amazon Bedrock', bedrock, 'aws.bedrock', 'bedrock-runtime.eu-west-1.amazonaws.com'],
  ['Google Vertex AI', vertex, 'gcp.vertex_ai', 'europe-west1-aiplatform.googleapis.com'],
])('a client of %s', (_name, create, providerName, host) => {
  test.each([false, true])('is observed as one of Anthropic (stream: %s)', async (stream) => {
    const client = instrument<AnthropicBedrock | AnthropicVertex>(create(), { tracer });

    const answer = stream
      ? await collect(await client.messages.create(streamed))
      : await client.messages.create(ask);

    expect(answer).toMatchObject(stream ? events : message);
    expect(recorder.openSpans).toEqual([]);
    expect(recorder.spans.map(({ name }) => name)).toEqual(['chat claude-opus-4-8']);
    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.provider.name': providerName,
      'server.address': host,
      'server.port': 443,
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.response.finish_reasons': ['stop'],
    });
    const { errors } = checkConformance(recorder.spans[0]!);
    // Asked for on Bedrock, where this API has no guardrail.
    expect(errors.filter(({ attribute }) => attribute !== 'aws.bedrock.guardrail.id')).toEqual([]);
  });
});

test.each([
  [{ awsRegion: 'eu-west-1', baseURL: 'http://localhost:8080' }, 'aws.bedrock'],
  [{ region: 'us-east5', projectId: null, baseURL: 'http://localhost:8080' }, 'gcp.vertex_ai'],
  [{ baseURL: 'https://bedrock-mantle.eu-west-1.api.aws/anthropic' }, 'aws.bedrock'],
  [{ baseURL: 'https://aiplatform.us.rep.googleapis.com/v1' }, 'gcp.vertex_ai'],
  [{ baseURL: 'https://parcels.services.ai.azure.com/anthropic' }, 'azure.ai.inference'],
  [{ baseURL: 'http://localhost:4000' }, 'anthropic'],
  [{ baseURL: 'no URL' }, 'anthropic'],
])('an older client with %o speaks to %s', async (members, providerName) => {
  const client = { messages: { create: () => Promise.resolve(message) }, ...members };

  await instrument(client, { tracer }).messages.create();

  expect(recorder.spans[0]?.attributes['gen_ai.provider.name']).toBe(providerName);
});

/** A client of before it made spans itself, with one answer for all. */
function oldClient(body: unknown): OldAnthropic {
  const client = new OldAnthropic({
    apiKey: 'none',
    logLevel: 'off',
    maxRetries: 0,
    fetch: () => Promise.resolve(Response.json(body)),
  });
  return instrument(client, { tracer, content: 'span' });
}

describe('what is no model call has a plain span, as newer clients make it themselves', () => {
  const batch = { id: 'msgbatch_1', type: 'message_batch', processing_status: 'in_progress' };

  test('tokens that are counted before', async () => {
    await oldClient({ input_tokens: 7 }).messages.countTokens({ model: ask.model, messages: [] });

    expect(recorder.spans[0]?.name).toBe('anthropic.messages.count_tokens');
    expect(recorder.spans[0]?.attributes).toEqual({
      'anthropic.message.count_tokens.input_tokens': 7,
      'server.address': 'api.anthropic.com',
      'server.port': 443,
    });
    expect(checkConformance(recorder.spans[0]!).errors).toEqual([]);
  });

  test('batches', async () => {
    const { batches } = oldClient(batch).messages;
    await batches.create({ requests: [{ custom_id: 'a', params: ask as never }] });
    await batches.retrieve('msgbatch_1');
    await batches.cancel('msgbatch_1');
    await oldClient({ data: [batch], has_more: false }).beta.messages.batches.list();

    expect(
      recorder.spans.map(({ name, attributes }) => [
        name,
        attributes['anthropic.message.batch.id'],
      ]),
    ).toEqual([
      ['anthropic.messages.batches.create', 'msgbatch_1'],
      ['anthropic.messages.batches.retrieve', 'msgbatch_1'],
      ['anthropic.messages.batches.cancel', 'msgbatch_1'],
      ['anthropic.messages.batches.list', undefined],
    ]);
    expect(recorder.spans[0]?.attributes['anthropic.message.batch.request_count']).toBe(1);
  });

  test('files', async () => {
    const client = oldClient({ id: 'file_1', type: 'file' });
    await client.beta.files.upload({ file: new File(['a'], 'a.txt') });
    await client.beta.files.retrieveMetadata('file_1');

    expect(
      recorder.spans.map(({ name, attributes }) => [name, attributes['anthropic.file.id']]),
    ).toEqual([
      ['anthropic.files.upload', 'file_1'],
      ['anthropic.files.retrieve_metadata', 'file_1'],
    ]);
  });

  test('one that fails', async () => {
    const client = instrument(
      new OldAnthropic({
        apiKey: 'none',
        logLevel: 'off',
        maxRetries: 0,
        fetch: () =>
          Promise.resolve(Response.json({ error: { type: 'not_found_error' } }, { status: 404 })),
      }),
      { tracer },
    );

    await expect(client.messages.batches.retrieve('msgbatch_1')).rejects.toThrow();

    expect(recorder.spans[0]?.attributes).toMatchObject({
      'error.type': 'not_found_error',
      'http.response.status_code': 404,
    });
  });
});

describe('old completions', () => {
  const completion = {
    type: 'completion',
    id: 'compl_1',
    model: 'claude-2.1',
    completion: ' Lyon',
    stop_reason: 'stop_sequence',
  };
  const request = { model: 'claude-2.1', prompt: 'It is in', max_tokens_to_sample: 10 };

  test('are text completions', async () => {
    await oldClient(completion).completions.create(request);

    expect(recorder.spans[0]?.name).toBe('text_completion claude-2.1');
    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.request.max_tokens': 10,
      'gen_ai.response.id': 'compl_1',
      'gen_ai.response.finish_reasons': ['stop'],
    });
    expect(recorder.spans[0]?.attributes['gen_ai.output.messages']).toContain(' Lyon');
    expect(recorder.spans[0]?.attributes['gen_ai.input.messages']).toContain('It is in');
  });

  test('are streamed in pieces', async () => {
    const pieces = [
      { ...completion, completion: ' Ly', stop_reason: null },
      { ...completion, completion: 'on' },
    ];
    const body = [
      'event: ping\ndata: {"type":"ping"}\n\n',
      ...pieces.map((piece) => `event: completion\ndata: ${JSON.stringify(piece)}\n\n`),
    ];
    const client = new OldAnthropic({
      apiKey: 'none',
      fetch: () =>
        Promise.resolve(
          new Response(body.join(''), { headers: { 'content-type': 'text/event-stream' } }),
        ),
    });

    const stream = await instrument(client, { tracer, content: 'span' }).completions.create({
      ...request,
      stream: true,
    });
    await collect(stream);

    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.model': 'claude-2.1',
      'gen_ai.response.finish_reasons': ['stop'],
      'llm_otel.stream.outcome': 'completed',
    });
    expect(recorder.spans[0]?.attributes['gen_ai.output.messages']).toContain(' Lyon');
  });
});

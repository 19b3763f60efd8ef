import { context, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans } from '@llm-otel/testing';
import * as major5 from 'openai-5';
import * as major6 from 'openai-6';
import * as major7 from 'openai';
import type OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instrument, type OpenAiOptions } from '../src/index.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  recorder.clear();
  context.disable();
});

type Answer = (url: URL) => Response;

const clientOptions = (answer: Answer) => ({
  apiKey: 'none',
  maxRetries: 0,
  fetch: (input: unknown) =>
    Promise.resolve(answer(new URL(input instanceof Request ? input.url : String(input)))),
});

const made: Answer = () => Response.json({ id: 'made_1', data: [], has_more: false });

const lines = [
  ['openai 5', major5 as unknown as typeof major7],
  ['openai 6', major6 as unknown as typeof major7],
  ['openai 7', major7],
] as const;

const file = new File(['{}'], 'a.jsonl');
const inStore = { vector_store_id: 'vs_1' };
const job = { model: 'gpt-5-mini', training_file: 'file_1' };
const batch = {
  input_file_id: 'file_1',
  endpoint: '/v1/responses',
  completion_window: '24h',
} as const;

/** Every method, as an application writes it, with the name of its span and the ids on it. */
const calls: readonly (readonly [string, (client: OpenAI) => unknown, object])[] = [
  [
    'files.create',
    (client) => client.files.create({ file, purpose: 'batch' }),
    { 'llm_otel.object.id': 'made_1' },
  ],
  [
    'files.retrieve',
    (client) => client.files.retrieve('file_1'),
    { 'llm_otel.object.id': 'file_1' },
  ],
  ['files.list', (client) => client.files.list(), {}],
  ['files.delete', (client) => client.files.delete('file_1'), { 'llm_otel.object.id': 'file_1' }],
  ['files.content', (client) => client.files.content('file_1'), { 'llm_otel.object.id': 'file_1' }],
  ['batches.create', (client) => client.batches.create(batch), { 'llm_otel.object.id': 'made_1' }],
  ['batches.retrieve', (client) => client.batches.retrieve('b_1'), { 'llm_otel.object.id': 'b_1' }],
  ['batches.list', (client) => client.batches.list(), {}],
  ['batches.cancel', (client) => client.batches.cancel('b_1'), { 'llm_otel.object.id': 'b_1' }],
  [
    'uploads.create',
    (client) =>
      client.uploads.create({
        bytes: 2,
        filename: 'secret-name.jsonl',
        mime_type: 'text/jsonl',
        purpose: 'batch',
      }),
    { 'llm_otel.object.id': 'made_1' },
  ],
  [
    'uploads.complete',
    (client) => client.uploads.complete('u_1', { part_ids: ['p_1'] }),
    { 'llm_otel.object.id': 'u_1' },
  ],
  ['uploads.cancel', (client) => client.uploads.cancel('u_1'), { 'llm_otel.object.id': 'u_1' }],
  [
    'uploads.parts.create',
    (client) => client.uploads.parts.create('u_1', { data: file }),
    { 'llm_otel.object.part_of': 'u_1', 'llm_otel.object.id': 'made_1' },
  ],
  [
    'vector_stores.create',
    (client) => client.vectorStores.create({ name: 'secret' }),
    { 'llm_otel.object.id': 'made_1' },
  ],
  [
    'vector_stores.retrieve',
    (client) => client.vectorStores.retrieve('vs_1'),
    { 'llm_otel.object.id': 'vs_1' },
  ],
  [
    'vector_stores.update',
    (client) => client.vectorStores.update('vs_1', { name: 'secret' }),
    { 'llm_otel.object.id': 'vs_1' },
  ],
  ['vector_stores.list', (client) => client.vectorStores.list(), {}],
  [
    'vector_stores.delete',
    (client) => client.vectorStores.delete('vs_1'),
    { 'llm_otel.object.id': 'vs_1' },
  ],
  [
    'vector_stores.files.create',
    (client) => client.vectorStores.files.create('vs_1', { file_id: 'file_1' }),
    { 'llm_otel.object.part_of': 'vs_1', 'llm_otel.object.id': 'made_1' },
  ],
  [
    'vector_stores.files.retrieve',
    (client) => client.vectorStores.files.retrieve('file_1', inStore),
    { 'llm_otel.object.part_of': 'vs_1', 'llm_otel.object.id': 'file_1' },
  ],
  [
    'vector_stores.files.update',
    (client) => client.vectorStores.files.update('file_1', { ...inStore, attributes: { a: 'b' } }),
    { 'llm_otel.object.part_of': 'vs_1', 'llm_otel.object.id': 'file_1' },
  ],
  [
    'vector_stores.files.list',
    (client) => client.vectorStores.files.list('vs_1'),
    { 'llm_otel.object.part_of': 'vs_1' },
  ],
  [
    'vector_stores.files.content',
    (client) => client.vectorStores.files.content('file_1', inStore),
    { 'llm_otel.object.part_of': 'vs_1', 'llm_otel.object.id': 'file_1' },
  ],
  [
    'vector_stores.files.delete',
    (client) => client.vectorStores.files.delete('file_1', inStore),
    { 'llm_otel.object.part_of': 'vs_1', 'llm_otel.object.id': 'file_1' },
  ],
  [
    'vector_stores.file_batches.create',
    (client) => client.vectorStores.fileBatches.create('vs_1', { file_ids: ['file_1'] }),
    { 'llm_otel.object.part_of': 'vs_1', 'llm_otel.object.id': 'made_1' },
  ],
  [
    'vector_stores.file_batches.retrieve',
    (client) => client.vectorStores.fileBatches.retrieve('fb_1', inStore),
    { 'llm_otel.object.part_of': 'vs_1', 'llm_otel.object.id': 'fb_1' },
  ],
  [
    'vector_stores.file_batches.cancel',
    (client) => client.vectorStores.fileBatches.cancel('fb_1', inStore),
    { 'llm_otel.object.part_of': 'vs_1', 'llm_otel.object.id': 'fb_1' },
  ],
  [
    'vector_stores.file_batches.list_files',
    (client) => client.vectorStores.fileBatches.listFiles('fb_1', inStore),
    { 'llm_otel.object.part_of': 'vs_1', 'llm_otel.object.id': 'fb_1' },
  ],
  [
    'fine_tuning.jobs.create',
    (client) => client.fineTuning.jobs.create(job),
    { 'llm_otel.object.id': 'made_1' },
  ],
  ...(['retrieve', 'cancel', 'pause', 'resume'] as const).map(
    (name) =>
      [
        `fine_tuning.jobs.${name}`,
        (client: OpenAI) => client.fineTuning.jobs[name]('ft_1'),
        { 'llm_otel.object.id': 'ft_1' },
      ] as const,
  ),
  ['fine_tuning.jobs.list', (client) => client.fineTuning.jobs.list(), {}],
  [
    'fine_tuning.jobs.list_events',
    (client) => client.fineTuning.jobs.listEvents('ft_1'),
    { 'llm_otel.object.id': 'ft_1' },
  ],
  [
    'fine_tuning.jobs.checkpoints.list',
    (client) => client.fineTuning.jobs.checkpoints.list('ft_1'),
    { 'llm_otel.object.part_of': 'ft_1' },
  ],
  [
    'moderations.create',
    (client) => client.moderations.create({ input: 'secret text' }),
    { 'llm_otel.object.id': 'made_1' },
  ],
];

describe.each(lines)('%s', (_, { OpenAI: Client, AzureOpenAI }) => {
  const observed = (answer: Answer, options: OpenAiOptions = {}): OpenAI =>
    instrument(new Client(clientOptions(answer)), { tracer, ...options });

  test.each(calls)('%s has one plain span, with ids and no content', async (name, call, ids) => {
    await call(observed(made, { content: 'span' }));

    expect(recorder.spans).toHaveLength(1);
    const span = recorder.spans[0]!;
    expect(span).toMatchObject({ name: `openai.${name}`, kind: SpanKind.CLIENT });
    expect(span.attributes).toEqual({
      'server.address': 'api.openai.com',
      'server.port': 443,
      ...ids,
    });
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(checkConformance(span).errors).toEqual([]);
  });

  test.each(calls)('%s that fails says with what', async (name, call) => {
    const refused: Answer = () =>
      Response.json({ error: { message: 'no', code: 'not_found' } }, { status: 404 });

    await expect(call(observed(refused))).rejects.toMatchObject({ status: 404 });

    expect(recorder.spans).toHaveLength(1);
    expect(recorder.spans[0]).toMatchObject({
      name: `openai.${name}`,
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'not_found', 'http.response.status_code': 404 },
    });
  });

  test('pages that follow by themselves give every item; the request that was asked for has the span', async () => {
    const page: Answer = ({ searchParams }) =>
      Response.json(
        searchParams.get('after') === 'file_2'
          ? { data: [{ id: 'file_3' }], has_more: false }
          : { data: [{ id: 'file_1' }, { id: 'file_2' }], has_more: true },
      );
    const ids: string[] = [];
    for await (const { id } of observed(page).files.list()) ids.push(id);

    expect(ids).toEqual(['file_1', 'file_2', 'file_3']);
    expect(recorder.spans.map(({ name }) => name)).toEqual(['openai.files.list']);
  });

  test('the content of a file is read by the application alone', async () => {
    const content = await observed(() => new Response('line 1')).files.content('file_1');

    expect(await content.text()).toBe('line 1');
    expect(recorder.spans).toHaveLength(1);
  });

  test('a helper that calls several methods has a span for each', async () => {
    const store = observed((url) =>
      Response.json(
        url.pathname.endsWith('/files') && !url.pathname.includes('vector_stores')
          ? { id: 'file_1' }
          : { id: 'file_1', status: 'completed' },
      ),
    ).vectorStores;
    await store.files.uploadAndPoll('vs_1', file);

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'openai.files.create',
      'openai.vector_stores.files.create',
      'openai.vector_stores.files.retrieve',
    ]);
  });

  test('a search in a vector store is a retrieval, its query and documents are content', async () => {
    const found: Answer = () =>
      Response.json({ data: [{ file_id: 'file_1', score: 0.9, content: [] }], has_more: false });
    const search = { query: 'secret query', max_num_results: 3 };

    await observed(found).vectorStores.search('vs_1', search);
    await observed(found, { content: 'span' }).vectorStores.search('vs_1', search);

    const [quiet, open] = recorder.spans;
    expect(quiet?.name).toBe('retrieval vs_1');
    expect(quiet?.attributes).toMatchObject({
      'gen_ai.operation.name': 'retrieval',
      'gen_ai.data_source.id': 'vs_1',
      'gen_ai.provider.name': 'openai',
    });
    expect(JSON.stringify(quiet?.attributes)).not.toMatch(/secret|file_1/);
    expect(open?.attributes['gen_ai.retrieval.query.text']).toBe('secret query');
    expect(JSON.stringify(open?.attributes['gen_ai.retrieval.documents'])).toContain('file_1');
    expect(checkConformance(quiet!).errors).toEqual([]);
  });

  test('a client of Azure is observed as well', async () => {
    const client = new AzureOpenAI({
      ...clientOptions(made),
      endpoint: 'https://mine.openai.azure.com',
      apiVersion: '2025-04-01-preview',
    });
    await instrument(client, { tracer }).batches.retrieve('b_1');

    expect(recorder.spans[0]).toMatchObject({
      name: 'openai.batches.retrieve',
      attributes: { 'server.address': 'mine.openai.azure.com', 'llm_otel.object.id': 'b_1' },
    });
  });
});

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans } from '@llm-otel/testing';
import { GoogleGenAI } from '@google/genai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instrument } from '../src/index.ts';
import { lines } from './contract/lines.ts';
import { model } from './contract/shared.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
let server: Server;
let answer: unknown;
let status: number;

beforeEach(async () => {
  [answer, status] = [{}, 200];
  // Answers all with one answer, and takes a file in one piece.
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload`;
      const headers = { 'x-goog-upload-url': address, 'x-goog-upload-status': 'final' };
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  recorder.clear();
});

function baseUrl(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(options: object = { apiKey: 'none' }): GoogleGenAI {
  const httpOptions = { baseUrl: baseUrl() };
  return instrument(new GoogleGenAI({ ...options, httpOptions }), { tracer, content: 'span' });
}

function vertex(): GoogleGenAI {
  const authClient = { getRequestHeaders: () => Promise.resolve(new Headers()) };
  const googleAuthOptions = { authClient };
  return client({ vertexai: true, project: 'parcels', location: 'us-central1', googleAuthOptions });
}

/** Name, id of the object, model. */
function seen(): unknown[] {
  return recorder.spans.map(({ name, attributes }) =>
    [name, attributes['llm_otel.object.id'], attributes['gen_ai.request.model']].filter(
      (part) => part !== undefined,
    ),
  );
}

describe('what is no call of a model has a plain span', () => {
  test('models', async () => {
    answer = { name: 'models/x', totalTokens: 7, models: [] };
    const { models } = client();
    await models.countTokens({ model, contents: 'one' });
    await models.get({ model: `models/${model}` });
    await models.list();
    await vertex().models.generateVideos({ model: 'veo-3', source: { prompt: 'a parcel' } });
    await vertex().models.computeTokens({ model, contents: 'one' });

    expect(seen()).toEqual([
      ['google_genai.models.count_tokens', model],
      ['google_genai.models.get', model],
      ['google_genai.models.list'],
      ['google_genai.models.generate_videos', 'models/x', 'veo-3'],
      ['google_genai.models.compute_tokens', model],
    ]);
    expect(JSON.stringify(recorder.spans.map(({ attributes }) => attributes))).not.toContain(
      'a parcel',
    );
    expect(recorder.spans[0]?.attributes).toEqual({
      'gen_ai.request.model': model,
      'server.address': '127.0.0.1',
      'server.port': (server.address() as AddressInfo).port,
    });
  });

  test('batches', async () => {
    answer = { name: 'batches/1', metadata: { state: 'BATCH_STATE_PENDING' } };
    const { batches } = client();
    await batches.create({ model, src: [{ contents: [{ parts: [{ text: 'one' }] }] }] });
    await batches.get({ name: 'batches/1' });
    await batches.cancel({ name: 'batches/1' });
    await batches.delete({ name: 'batches/1' });
    await batches.list();

    expect(seen()).toEqual([
      ['google_genai.batches.create', 'batches/1', model],
      ['google_genai.batches.get', 'batches/1'],
      ['google_genai.batches.cancel', 'batches/1'],
      ['google_genai.batches.delete', 'batches/1'],
      ['google_genai.batches.list'],
    ]);
  });

  test('caches', async () => {
    answer = { name: 'cachedContents/1' };
    const { caches } = client();
    await caches.create({ model, config: { contents: 'long' } });
    await caches.get({ name: 'cachedContents/1' });
    await caches.update({ name: 'cachedContents/1', config: { ttl: '60s' } });
    await caches.delete({ name: 'cachedContents/1' });
    await caches.list();

    expect(seen()).toEqual([
      ['google_genai.caches.create', 'cachedContents/1', model],
      ['google_genai.caches.get', 'cachedContents/1'],
      ['google_genai.caches.update', 'cachedContents/1'],
      ['google_genai.caches.delete', 'cachedContents/1'],
      ['google_genai.caches.list'],
    ]);
  });

  test('files', async () => {
    answer = { file: { name: 'files/1' }, name: 'files/1' };
    const { files } = client();
    await files.upload({ file: new Blob(['a']), config: { mimeType: 'text/plain' } });
    await files.get({ name: 'files/1' });
    await files.delete({ name: 'files/1' });
    await files.download({ file: 'files/1', downloadPath: '/nowhere/at/all' }).catch(() => null);
    await files.list();

    expect(seen()).toEqual([
      ['google_genai.files.upload', 'files/1'],
      ['google_genai.files.get', 'files/1'],
      ['google_genai.files.delete', 'files/1'],
      ['google_genai.files.download', 'files/1'],
      ['google_genai.files.list'],
    ]);
  });

  test('tunings and operations', async () => {
    answer = { name: 'tuningJobs/1', done: true };
    const { tunings, operations, models } = vertex();
    await tunings.tune({ baseModel: model, trainingDataset: { gcsUri: 'gs://a/b' } });
    await tunings.get({ name: 'tuningJobs/1' });
    await tunings.cancel({ name: 'tuningJobs/1' });
    await tunings.list();
    const operation = await models.generateVideos({ model: 'veo-3', source: { prompt: 'a' } });
    await operations.getVideosOperation({ operation });
    await operations.get({ operation });

    expect(seen()).toEqual([
      ['google_genai.tunings.tune', 'tuningJobs/1'],
      ['google_genai.tunings.get', 'tuningJobs/1'],
      ['google_genai.tunings.cancel', 'tuningJobs/1'],
      ['google_genai.tunings.list'],
      ['google_genai.models.generate_videos', 'tuningJobs/1', 'veo-3'],
      ['google_genai.operations.get_videos_operation', 'tuningJobs/1'],
      ['google_genai.operations.get', 'tuningJobs/1'],
    ]);
  });

  test('one that fails', async () => {
    [answer, status] = [{ error: { code: 404, message: 'gone', status: 'NOT_FOUND' } }, 404];

    await expect(client().caches.get({ name: 'cachedContents/1' })).rejects.toThrow();

    expect(recorder.spans[0]?.attributes).toMatchObject({
      'error.type': 'NOT_FOUND',
      'http.response.status_code': 404,
    });
    expect(checkConformance(recorder.spans[0]!).errors).toEqual([]);
  });

  test.each(lines)('in release $name as well', async (line) => {
    answer = { name: 'files/1', totalTokens: 7 };
    const observed = instrument(
      line.create({ baseURL: baseUrl(), maxRetries: 0, fetch, answered() {} }),
      {
        tracer,
      },
    );
    await observed.models.countTokens({ model, contents: 'one' });
    await observed.files.get({ name: 'files/1' });
    await observed.caches.list();

    expect(seen()).toEqual([
      ['google_genai.models.count_tokens', model],
      ['google_genai.files.get', 'files/1'],
      ['google_genai.caches.list'],
    ]);
  });

  // Until 3 the Gemini API has it, too; the first release makes it in one step.
  test.each(lines.slice(0, 3))('videos in release $name', async (line) => {
    answer = { name: 'operations/1' };
    const observed = instrument(
      line.create({ baseURL: baseUrl(), maxRetries: 0, fetch, answered() {} }),
      {
        tracer,
      },
    );
    await observed.models.generateVideos({ model: 'veo-3', prompt: 'a' });

    expect(seen()).toEqual([['google_genai.models.generate_videos', 'operations/1', 'veo-3']]);
  });
});

// Prices are those of a host: a call of ours that nobody told the host of has it from another library's span of the same call.
import { context } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import {
  COST,
  exported,
  type ForeignApplication,
  foreignApplication,
  request,
  sumOf,
  usage,
} from './foreign-application.ts';

afterEach(() => context.disable());

const told = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.usage.input_tokens': 60,
  'gen_ai.usage.output_tokens': 40,
};

function called(
  { foreign }: ForeignApplication,
  server: Record<string, string | number>,
  more: object = {},
): void {
  foreign.startSpan('call', { attributes: { ...told, ...server, ...more } }).end();
}

const gateway = { 'server.address': '127.0.0.1', 'server.port': 8080 };

test.each<[string, Record<string, string | number>, number | undefined]>([
  ['a gateway', gateway, undefined],
  ['the provider itself', { 'server.address': 'api.openai.com', 'server.port': 443 }, 95],
  ['a server that it does not name', {}, 95],
])('a call that another library sees go to %s', (_, server, cost) => {
  for (const answer of [{ usage }, {}]) {
    const app = foreignApplication();
    app.agents.run('writer', (run) => {
      app.genAi.inference(request, (call) => {
        called(app, server);
        call.recordResponse(answer);
      });
      expect(run.usage).toMatchObject({ ...usage, microUsd: cost ?? 0, inferenceCalls: 1 });
    });

    const spans = exported(app);
    expect(sumOf(spans, COST)).toBe(cost ?? 0);
    const own = spans.find(({ name }) => name === 'chat gpt-5-mini');
    expect(own?.attributes[COST]).toBe(cost);
    expect(own?.attributes['server.address']).toBe(server['server.address']);
    expect(own?.attributes['server.port']).toBe(server['server.port']);
    context.disable();
  }
});

test('what the application says of the server is what holds', () => {
  const app = foreignApplication();
  app.genAi.inference({ ...request, serverAddress: 'api.openai.com' }, (call) => {
    called(app, gateway);
    call.recordResponse({ usage });
  });

  const spans = exported(app);
  expect(sumOf(spans, COST)).toBe(95);
  const own = spans.find(({ name }) => name === 'chat gpt-5-mini');
  expect(own?.attributes).not.toHaveProperty(['server.port']);
});

test('of several that a client was asked for, it is the one that is the same call', () => {
  const app = foreignApplication();
  app.genAi.inference(request, (call) => {
    called(app, { 'server.address': 'first.example' }, { 'gen_ai.response.id': 'r-1' });
    call.recordResponse({ id: 'r-1', usage });
    called(app, { 'server.address': 'second.example' });
  });

  const own = exported(app).find(({ name }) => name === 'chat gpt-5-mini');
  expect(own?.attributes['server.address']).toBe('first.example');
});

test('embeddings have it too', () => {
  const app = foreignApplication();
  const model = 'text-embedding-3-small';
  app.genAi.embeddings({ provider: 'openai', model }, (call) => {
    called(app, gateway, { 'gen_ai.operation.name': 'embeddings', 'gen_ai.request.model': model });
    call.recordResponse({ inputTokens: 60 });
  });

  const spans = exported(app);
  expect(sumOf(spans, COST)).toBe(0);
  expect(spans.find(({ name }) => name === `embeddings ${model}`)?.attributes).toMatchObject(
    gateway,
  );
});

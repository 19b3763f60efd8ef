// Totals of a span around nothing but embeddings: those have no output, so what has some does not repeat them.
import { context, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  exported,
  type ForeignApplication,
  foreignApplication,
  INPUT,
  OUTPUT,
  sumOf,
} from './foreign-application.ts';

afterEach(() => context.disable());

const model = 'text-embedding-3-small';

const EMBEDDINGS: Record<string, (app: ForeignApplication) => void> = {
  ours: ({ genAi }) =>
    genAi.embeddings({ provider: 'openai', model }, (call) =>
      call.recordResponse({ inputTokens: 5 }),
    ),
  'of OpenInference': ({ foreign }) =>
    foreign
      .startSpan('embed', {
        attributes: {
          'openinference.span.kind': 'EMBEDDING',
          'embedding.model_name': model,
          'llm.token_count.prompt': 5,
        },
      })
      .end(),
  'of OpenLLMetry': ({ foreign }) =>
    foreign
      .startSpan('embed', {
        attributes: { 'llm.request.type': 'embedding', 'gen_ai.system': 'OpenAI', [INPUT]: 5 },
      })
      .end(),
};

type Around = (app: ForeignApplication, inside: () => void) => void;

const foreignAround =
  (attributes: Record<string, string | number>): Around =>
  ({ foreign }, inside) =>
    foreign.startActiveSpan('around', { attributes }, (span) => {
      inside();
      span.end();
    });

const totals = { inputTokens: 100, outputTokens: 10 };

const AROUND: Record<string, Around> = {
  'an agent of OpenInference': foreignAround({
    'openinference.span.kind': 'AGENT',
    'llm.token_count.prompt': 100,
    'llm.token_count.completion': 10,
  }),
  'an agent by the conventions': foreignAround({
    'gen_ai.operation.name': 'invoke_agent',
    [INPUT]: 100,
    [OUTPUT]: 10,
  }),
  'a call of a model whose answers are cached by meaning': foreignAround({
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'gpt-5-mini',
    'llm.token_count.prompt': 100,
    'llm.token_count.completion': 10,
  }),
  'a call of ours': ({ genAi }, inside) =>
    genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) => {
      inside();
      call.recordResponse({ usage: totals });
    }),
  'an agent at a service': ({ genAi }, inside) =>
    genAi.invokeAgent({ provider: 'openai', agent: { name: 'far' } }, (call) => {
      inside();
      call.recordOutput({ usage: totals });
    }),
  'an agent of ours': ({ genAi }, inside) =>
    genAi.agentRun({ agent: { name: 'near' } }, (call) => {
      inside();
      call.recordOutput({ usage: totals });
    }),
};

describe.each(Object.keys(EMBEDDINGS))('around embeddings %s', (whose) => {
  test.each(Object.keys(AROUND))('the tokens of %s are its own', (name) => {
    const app = foreignApplication();

    const used = app.agents.run('writer', (run) => {
      AROUND[name]!(app, () => EMBEDDINGS[whose]!(app));
      return run.usage;
    });

    const spans = exported(app);
    expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([105, 10]);
    expect(used).toMatchObject({ inputTokens: 105, outputTokens: 10 });
  });

  test('totals without output repeat theirs', () => {
    const app = foreignApplication();

    const used = app.agents.run('writer', (run) => {
      const attributes = { 'openinference.span.kind': 'CHAIN', 'llm.token_count.prompt': 5 };
      foreignAround(attributes)(app, () => EMBEDDINGS[whose]!(app));
      return run.usage;
    });

    expect(sumOf(exported(app), INPUT)).toBe(5);
    expect(used.inputTokens).toBe(5);
    expect(trace.getActiveSpan()).toBeUndefined();
  });
});

test('embeddings are known by the model that answered, too', () => {
  for (const inside of ['ours', 'another']) {
    const app = foreignApplication();
    const model = 'text-embedding-3-small';

    app.agents.run('writer', (run) => {
      app.genAi.embeddings({ provider: 'openai', model: 'newest' }, (call) => {
        if (inside === 'ours')
          app.genAi.embeddings({ provider: 'openai', model }, (client) =>
            client.recordResponse({ inputTokens: 7 }),
          );
        else
          app.foreign
            .startSpan('call', {
              attributes: {
                'gen_ai.operation.name': 'embeddings',
                'gen_ai.provider.name': 'openai',
                'gen_ai.request.model': model,
                [INPUT]: 7,
              },
            })
            .end();
        call.recordResponse({ model, inputTokens: 7 });
      });
      expect(run.usage).toMatchObject({ inputTokens: 7, inferenceCalls: 0 });
    });

    expect(sumOf(exported(app), INPUT)).toBe(7);
    context.disable();
  }
});

// Frameworks and clients that are both observed, each by another library: spans of calls stand in one another.
import { context } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import {
  exported,
  type ForeignApplication,
  foreignApplication,
  INPUT,
  OUTPUT,
  request,
  sumOf,
  usage,
} from './foreign-application.ts';

afterEach(() => context.disable());

type Values = Record<string, string | number>;
type Inside = () => void;

const counts = { 'llm.token_count.prompt': 60, 'llm.token_count.completion': 40 };
const openInference = (kind: string, model: string): Values => ({
  'openinference.span.kind': kind,
  'llm.provider': 'openai',
  'llm.model_name': model,
});
const openLlmetry = (model: string, more: Values = {}): Values => ({
  'llm.request.type': 'chat',
  'gen_ai.system': 'OpenAI',
  'gen_ai.request.model': model,
  ...more,
});

/** Tokens come with the answer. */
function span(
  { foreign }: ForeignApplication,
  atStart: Values,
  atEnd: Values = {},
  inside: Inside = () => {},
): void {
  foreign.startActiveSpan('foreign', { attributes: atStart }, (open) => {
    inside();
    open.setAttributes(atEnd);
    open.end();
  });
}

/** A framework's span that knows the tokens, around the client's, whose stream told none. */
const frameworkAround = (app: ForeignApplication): void =>
  span(app, openInference('LLM', request.model), counts, () =>
    span(app, openLlmetry(request.model)),
  );

test.each<[string, (app: ForeignApplication) => void]>([
  ['alone', frameworkAround],
  [
    'in a chain that repeats them',
    (app) => span(app, openInference('CHAIN', request.model), counts, () => frameworkAround(app)),
  ],
  [
    'in a call of ours that records none',
    (app) => app.genAi.inference(request, () => frameworkAround(app)),
  ],
  [
    'in a call of ours that records them',
    (app) =>
      app.genAi.inference(request, (call) => {
        frameworkAround(app);
        call.recordResponse({ usage });
      }),
  ],
  [
    'around a call of ours that told none',
    (app) =>
      span(app, openInference('LLM', request.model), counts, () =>
        app.genAi.inference(request, () => {}),
      ),
  ],
  [
    'around a client that is first known as one when it ends',
    (app) =>
      span(app, openInference('LLM', request.model), counts, () =>
        span(app, {}, openLlmetry(request.model)),
      ),
  ],
  [
    'around a client, where only at the end it is known that there is a call',
    (app) =>
      span(app, {}, { ...openInference('LLM', request.model), ...counts }, () =>
        span(app, openLlmetry(request.model)),
      ),
  ],
])('tokens that the span around tells, and the one inside does not, count once %s', (_, ask) => {
  const app = foreignApplication();

  const used = app.agents.run('writer', (run) => {
    ask(app);
    return run.usage;
  });

  const spans = exported(app);
  expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([60, 40]);
  expect(used).toMatchObject({ ...usage, inferenceCalls: 1 });
});

const small = { [INPUT]: 30, [OUTPUT]: 3 };

test('a call around a tool that asks another model is a call of its own', () => {
  const app = foreignApplication();

  const used = app.agents.run('writer', (run) => {
    span(app, openInference('LLM', request.model), counts, () =>
      span(app, { 'openinference.span.kind': 'TOOL' }, {}, () =>
        span(app, openLlmetry('gpt-5', small)),
      ),
    );
    return run.usage;
  });

  const spans = exported(app);
  expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([90, 43]);
  expect(used).toMatchObject({ inputTokens: 90, outputTokens: 43, inferenceCalls: 2 });
});

test.each([
  ['the tokens of one', [openLlmetry('openai/gpt-5-mini', { [INPUT]: 60, [OUTPUT]: 40 })]],
  [
    'the sum of two',
    [
      openLlmetry('openai/gpt-5-mini', { [INPUT]: 50, [OUTPUT]: 8 }),
      openLlmetry('openai/gpt-5-mini', { [INPUT]: 10, [OUTPUT]: 32 }),
    ],
  ],
])(
  'a call that tells %s below it repeats them, though it calls the model otherwise',
  (_, below) => {
    const app = foreignApplication();

    app.agents.run('writer', () => {
      span(app, openInference('LLM', request.model), counts, () => {
        for (const call of below) span(app, call);
      });
    });

    const spans = exported(app);
    expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([60, 40]);
  },
);

test('embeddings of ours that record the sum of batches count each batch once', () => {
  const app = foreignApplication();
  const model = 'text-embedding-3-small';

  const used = app.agents.run('writer', (run) => {
    app.genAi.embeddings({ provider: 'openai', model }, (call) => {
      for (const tokens of [10, 20, 30])
        span(app, { ...openLlmetry(model, { [INPUT]: tokens }), 'llm.request.type': 'embedding' });
      call.recordResponse({ inputTokens: 60 });
    });
    return run.usage;
  });

  expect(sumOf(exported(app), INPUT)).toBe(60);
  expect(used.inputTokens).toBe(60);
});

test.each([
  ['the first is observed by another library', ['foreign', 'ours']],
  ['the second is observed by another library', ['ours', 'foreign']],
])('of two clients in one call both count where %s', (_, order) => {
  const app = foreignApplication();
  const tokens = [
    [40, 6],
    [50, 8],
  ] as const;

  const used = app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      for (const [index, whose] of order.entries()) {
        const [inputTokens, outputTokens] = tokens[index]!;
        if (whose === 'foreign')
          span(app, openLlmetry(request.model, { [INPUT]: inputTokens, [OUTPUT]: outputTokens }));
        else
          app.genAi.inference(request, (inside) =>
            inside.recordResponse({ usage: { inputTokens, outputTokens } }),
          );
      }
      call.recordResponse({ usage: { inputTokens: 50, outputTokens: 8 } });
    });
    return run.usage;
  });

  const spans = exported(app);
  expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([90, 14]);
  expect(used).toMatchObject({ inputTokens: 90, outputTokens: 14, inferenceCalls: 2 });
});

const partial = (app: ForeignApplication): unknown =>
  app.recorder.spans.find(({ name }) => name === 'invoke_agent writer')?.attributes[
    'llm_otel.rollup.partial'
  ];

/** The client's span tells its input alone. */
const aroundPart = (app: ForeignApplication, told: Values = counts): void =>
  span(app, openInference('LLM', request.model), told, () =>
    span(app, openLlmetry(request.model, { 'gen_ai.usage.prompt_tokens': 60 })),
  );

test.each<[string, (app: ForeignApplication) => void]>([
  ['alone', aroundPart],
  [
    'in a call of ours that records none',
    (app) => app.genAi.inference(request, () => aroundPart(app)),
  ],
  [
    'in a call of ours that records them',
    (app) =>
      app.genAi.inference(request, (call) => {
        aroundPart(app);
        call.recordResponse({ usage });
      }),
  ],
  [
    'in a call of ours for a model of another name',
    (app) =>
      app.genAi.inference({ ...request, model: 'newest' }, (call) => {
        aroundPart(app);
        call.recordResponse({ model: request.model, usage });
      }),
  ],
])('a framework’s call around one that told its input alone, %s, is known whole', (_, ask) => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    ask(app);
    expect(run.usage).toMatchObject({ ...usage, microUsd: 95, inferenceCalls: 1 });
  });

  const spans = exported(app);
  expect([INPUT, OUTPUT, 'llm_otel.cost.micro_usd'].map((name) => sumOf(spans, name))).toEqual([
    60, 40, 95,
  ]);
  expect(partial(app)).toBeUndefined();
});

test('where that tells no more, or is not over, the output is missing', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    aroundPart(app, { 'llm.token_count.prompt': 60 });
    expect(run.usage).toMatchObject({ inputTokens: 60, outputTokens: 0 });
  });

  expect(partial(app)).toEqual(['tokens']);
});

test('of two parts below one call each counts, and the last is the one that is completed', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    span(app, openInference('LLM', request.model), counts, () => {
      span(app, openLlmetry(request.model, { 'gen_ai.usage.prompt_tokens': 7 }));
      span(app, openLlmetry(request.model, { 'gen_ai.usage.prompt_tokens': 60 }));
    });
    expect(run.usage).toMatchObject({ inputTokens: 67, outputTokens: 40, inferenceCalls: 2 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(67);
  expect(partial(app)).toEqual(['tokens', 'cost']);
});

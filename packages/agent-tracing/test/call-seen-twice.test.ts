// A model call around whose client something else observes as well: one call, told once.
import { context } from '@opentelemetry/api';
import type { InferenceCall } from '@llm-otel/llm-conventions';
import { afterEach, expect, test } from 'vitest';
import {
  COST,
  exported,
  type ForeignApplication,
  foreignApplication,
  INPUT,
  observed,
  request,
  sumOf,
  usage,
} from './foreign-application.ts';

afterEach(() => context.disable());

test.each([
  ['with the same id', 'r-1', 'r-1'],
  ['without ids', undefined, undefined],
  ['of which one tells no id', undefined, 'r-1'],
])('a client that is observed inside of a call of ours, %s: it counts once', (_, own, inside) => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      observed(app, inside);
      call.recordResponse({ id: own, usage });
    });
    expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 1, microUsd: 95 });
  });

  const spans = exported(app);
  expect([sumOf(spans, INPUT), sumOf(spans, COST)]).toEqual([60, 95]);
  const around = spans.filter(({ attributes }) => attributes['llm_otel.usage.rollup'] === true);
  expect(around.map(({ name }) => name)).toEqual(['chat gpt-5-mini']);
  expect(around[0]?.attributes).toMatchObject({ 'llm_otel.rollup.usage.input_tokens': 60 });
});

test('calls with different ids are two, also for one model', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      observed(app, 'r-1');
      call.recordResponse({ id: 'r-2', usage });
    });
    expect(run.usage).toMatchObject({ inputTokens: 120, inferenceCalls: 2 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(120);
});

test('so are calls of different models, and one that begins when ours is over', () => {
  const app = foreignApplication();
  let open: InferenceCall | undefined;

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      app.genAi.inference({ provider: 'openai', model: 'omni-guard' }, (guard) =>
        guard.recordResponse({ usage }),
      );
      call.recordResponse({ usage });
      open = call;
    });
    context.with(open!.context, () => observed(app));
    expect(run.usage).toMatchObject({ inputTokens: 180, inferenceCalls: 3 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(180);
});

test('where only ours tells what was used, it is told there', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      observed(app, 'r-1', {});
      call.recordResponse({ usage });
    });
    expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 1 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(60);
});

test('a request that was tried again inside counts for each time it was answered', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      observed(app, 'r-1');
      observed(app, 'r-2');
      call.recordResponse({ id: 'r-2', usage });
    });
    expect(run.usage).toMatchObject({ inputTokens: 120, inferenceCalls: 2 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(120);
});

/** As OpenLLMetry and a client of Anthropic's write a call. */
const FOREIGN: [string, Record<string, string | number>][] = [
  [
    'OpenLLMetry',
    {
      'llm.request.type': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.usage.prompt_tokens': 60,
      'gen_ai.usage.completion_tokens': 40,
    },
  ],
  [
    'the client itself',
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.response.id': 'r-1',
      [INPUT]: 60,
      'gen_ai.usage.output_tokens': 40,
      [COST]: 95,
    },
  ],
];

test.each(FOREIGN)('a call that %s records inside of ours counts once', (_, attributes) => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      app.foreign.startActiveSpan('POST', (http) => {
        app.foreign.startSpan('call', { attributes }).end();
        http.end();
      });
      call.recordResponse({ id: 'r-1', usage });
    });
    expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 1 });
  });

  const spans = exported(app);
  expect([sumOf(spans, INPUT), sumOf(spans, COST)]).toEqual([60, 95]);
  expect(spans.find(({ name }) => name === 'call')?.attributes).toMatchObject({
    'llm_otel.usage.rollup': true,
    'llm_otel.rollup.usage.input_tokens': 60,
  });
  expect(spans.find(({ name }) => name === 'POST')?.attributes).toEqual({});
});

test('one that it records for another model inside of ours counts', () => {
  const app = foreignApplication();
  const attributes = { ...FOREIGN[1]![1], 'gen_ai.request.model': 'gpt-5-nano', [COST]: 10 };

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      app.foreign
        .startSpan('call', { attributes: { ...attributes, 'gen_ai.response.id': 'r-9' } })
        .end();
      call.recordResponse({ id: 'r-1', usage });
    });
    expect(run.usage).toMatchObject({ inputTokens: 120, inferenceCalls: 2 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(120);
});

const told = FOREIGN[1]![1];

function foreignCall({ foreign }: ForeignApplication, id: string, model = 'gpt-5-mini'): void {
  const attributes = { ...told, 'gen_ai.response.id': id, 'gen_ai.request.model': model };
  foreign.startSpan('call', { attributes }).end();
}

test.each([
  ['nothing', {}],
  ['its id alone', { id: 'r-1' }],
])('where ours records %s, it has what the client told', (_, recorded) => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      foreignCall(app, 'r-1');
      call.recordResponse(recorded);
    });
    expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 1, microUsd: 95 });
  });

  const spans = exported(app);
  expect([sumOf(spans, INPUT), sumOf(spans, COST)]).toEqual([60, 95]);
  const chat = spans.find(({ name }) => name === 'chat gpt-5-mini');
  expect(chat?.attributes).toMatchObject({ [INPUT]: 60, 'gen_ai.usage.output_tokens': 40 });
});

test('a client that was asked twice inside of ours counts twice', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      foreignCall(app, 'r-1');
      foreignCall(app, 'r-2');
      call.recordResponse({ id: 'r-2', usage });
    });
    expect(run.usage).toMatchObject({ inputTokens: 120, outputTokens: 80, inferenceCalls: 2 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(120);
});

test.each([
  ['ours', (app: ForeignApplication) => observed(app, 'r-1')],
  ['another library’s', (app: ForeignApplication) => foreignCall(app, 'r-1')],
])(
  'one id is one call also where the model has another name inside, in a span of %s',
  (_, inside) => {
    const app = foreignApplication();

    app.agents.run('writer', (run) => {
      app.genAi.inference({ provider: 'openai', model: 'newest' }, (call) => {
        inside(app);
        call.recordResponse({ id: 'r-1', usage });
      });
      expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 1 });
    });

    expect(sumOf(exported(app), INPUT)).toBe(60);
  },
);

test('the next call, begun inside and not awaited, is another one', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    let next: InferenceCall | undefined;
    app.genAi.inference(request, (call) => {
      foreignCall(app, 'r-1');
      next = app.genAi.startInference(request);
      call.recordResponse({ id: 'r-1', usage });
    });
    context.with(next!.context, () => foreignCall(app, 'r-2'));
    next?.recordResponse({ id: 'r-2', usage });
    next?.end();
    expect(run.usage).toMatchObject({ inputTokens: 120, outputTokens: 80, inferenceCalls: 2 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(120);
});

test('one that is over after ours is told apart by its id', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    let late: InferenceCall | undefined;
    app.genAi.inference(request, (call) => {
      late = app.genAi.startInference(request);
      call.recordResponse({ id: 'r-1', usage });
    });
    late?.recordResponse({ id: 'r-1', usage });
    late?.end();
    expect(run.usage).toMatchObject(usage);
  });

  expect(sumOf(exported(app), INPUT)).toBe(60);
});

test('embeddings count once as well', () => {
  const app = foreignApplication();
  const embeddings = { provider: 'openai', model: 'text-embedding-3-small' } as const;

  app.agents.run('writer', (run) => {
    app.genAi.embeddings(embeddings, (call) => {
      app.genAi.embeddings(embeddings, (inside) => inside.recordResponse({ inputTokens: 7 }));
      call.recordResponse({ inputTokens: 7 });
    });
    app.genAi.embeddings(embeddings, (call) => {
      const attributes = { ...told, 'gen_ai.operation.name': 'embeddings' };
      const inside = { ...attributes, 'gen_ai.request.model': embeddings.model, [INPUT]: 9 };
      app.foreign.startSpan('call', { attributes: inside }).end();
      call.recordResponse({ inputTokens: 9 });
    });
    expect(run.usage).toMatchObject({ inputTokens: 16, inferenceCalls: 0 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(16);
});

test('sums of a run with a call that told its input alone are partial, and nobody told no output', () => {
  const app = foreignApplication();

  app.agents.run('writer', () => {
    app.genAi.inference(request, (call) => call.recordResponse({ usage: { inputTokens: 60 } }));
  });

  const run = exported(app).find(({ name }) => name === 'invoke_agent writer');
  expect(run?.attributes).toMatchObject({
    'llm_otel.rollup.usage.input_tokens': 60,
    'llm_otel.rollup.partial': ['tokens'],
  });
  expect(run?.attributes).not.toHaveProperty(['llm_otel.rollup.usage.output_tokens']);
});

test('one id is one call, also where a framework’s own agent runs between', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      app.genAi.agentRun({ agent: { name: 'framework' } }, (inside) => {
        observed(app, 'r-1');
        inside.recordOutput({ usage });
      });
      call.recordResponse({ id: 'r-1', usage });
    });
    expect(run.usage).toMatchObject({ ...usage, microUsd: 95 });
  });

  const spans = exported(app);
  expect([sumOf(spans, INPUT), sumOf(spans, COST)]).toEqual([60, 95]);
});

test('an agent that runs inside of a call and asks something else is no part of it', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      app.genAi.agentRun({ agent: { name: 'helper' } }, () => observed(app, 'r-1'));
      call.recordResponse({ id: 'r-2', usage });
    });
    expect(run.usage).toMatchObject({ inputTokens: 120 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(120);
});

test('a call of ours inside of another library’s counts once in sums', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.foreign.startActiveSpan('call', { attributes: told }, (span) => {
      observed(app, 'r-1');
      span.end();
    });
    expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 1 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(60);
});

// Calls inside of a call, where they are many, tell only a part, or are hard to tell from the one around.
import { context } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import {
  COST,
  exported,
  type ForeignApplication,
  foreignApplication,
  INPUT,
  observed,
  OUTPUT,
  request,
  sumOf,
  usage,
} from './foreign-application.ts';

afterEach(() => context.disable());

function rollUpOf(app: ForeignApplication): unknown {
  const run = app.recorder.spans.find(({ name }) => name === 'invoke_agent writer');
  return run?.attributes['llm_otel.rollup.partial'];
}

test.each([33, 200])('a client that is asked %i times inside counts as often', (times) => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      for (let n = 1; n <= times; n++) observed(app, `r-${n}`);
      call.recordResponse({ id: `r-${times}`, usage });
    });
    expect(run.usage).toMatchObject({ inputTokens: 60 * times, inferenceCalls: times });
  });

  expect(sumOf(exported(app), INPUT)).toBe(60 * times);
  expect(rollUpOf(app)).toBeUndefined();
});

test('where there are more calls inside than are remembered, the sums are said to be partial', () => {
  const app = foreignApplication();

  app.agents.run('writer', () => {
    app.genAi.inference(request, (call) => {
      for (let n = 1; n <= 1001; n++) observed(app, `r-${n}`);
      call.recordResponse({ id: 'r-1001', usage });
    });
  });

  expect(rollUpOf(app)).toEqual(['tokens', 'cost']);
});

const inputAlone = { usage: { inputTokens: 60 } };

test('of a call that tells its input alone, the one around it tells the output, and what both cost', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      observed(app, 'r-1', inputAlone);
      call.recordResponse({ id: 'r-1', usage });
    });
    expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 1, microUsd: 95 });
  });

  const spans = exported(app);
  expect([INPUT, OUTPUT, COST].map((name) => sumOf(spans, name))).toEqual([60, 40, 95]);
  expect(rollUpOf(app)).toBeUndefined();
});

test('where the one around it tells no more, the sums lack the output', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      observed(app, 'r-1', inputAlone);
      call.recordResponse({ id: 'r-1', ...inputAlone });
    });
    app.genAi.inference(request, () => observed(app, 'r-2', inputAlone));
    app.genAi.inference(request, (call) => {
      observed(app, 'r-3', inputAlone);
      call.recordResponse({ id: 'r-4', usage });
    });
    expect(run.usage).toMatchObject({ inputTokens: 240, outputTokens: 40, inferenceCalls: 4 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(240);
  expect(rollUpOf(app)).toEqual(['tokens', 'cost']);
});

test('a call inside that tells nothing, and is another one, is missing from the sums', () => {
  const app = foreignApplication();
  const guard = { provider: 'openai', model: 'omni-guard' } as const;

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      app.genAi.inference(guard, (inside) => inside.recordResponse({ id: 'r-9' }));
      call.recordResponse({ id: 'r-1', usage });
    });
    expect(run.usage).toMatchObject({ ...usage, inferenceCalls: 2 });
  });

  expect(rollUpOf(app)).toEqual(['tokens', 'cost']);
});

test('one inside that was refused, and used nothing, is not', () => {
  const app = foreignApplication();
  const guard = { provider: 'openai', model: 'omni-guard' } as const;

  app.agents.run('writer', () => {
    app.genAi.inference(request, (call) => {
      app.genAi.startInference({ ...guard, parent: call.context }).fail(new Error('refused'));
      call.recordResponse({ id: 'r-1', usage });
    });
  });

  expect(rollUpOf(app)).toBeUndefined();
});

test('a call three times over, each telling more than the one inside, counts once', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      app.genAi.inference(request, (within) => {
        observed(app, 'r-1', inputAlone);
        within.recordResponse({ id: 'r-1', ...inputAlone });
      });
      call.recordResponse({ id: 'r-1', usage });
    });
    expect(run.usage).toMatchObject({ ...usage, microUsd: 95 });
  });

  const spans = exported(app);
  expect([INPUT, OUTPUT, COST].map((name) => sumOf(spans, name))).toEqual([60, 40, 95]);
  expect(rollUpOf(app)).toBeUndefined();
});

const foreignChat = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.response.id': 'r-1',
};

test('what ours does not tell of a call is told by another library’s span of it, inside or around', () => {
  const app = foreignApplication();
  const attributes = { ...foreignChat, [INPUT]: 60, [OUTPUT]: 40 };

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      app.foreign.startSpan('call', { attributes }).end();
      call.recordResponse({ id: 'r-1', ...inputAlone });
    });
    expect(run.usage).toMatchObject({ ...usage, microUsd: 95 });
    app.foreign.startActiveSpan('call', { attributes }, (span) => {
      observed(app, 'r-1', inputAlone);
      span.end();
    });
    expect(run.usage).toMatchObject({ inputTokens: 120, outputTokens: 80, microUsd: 190 });
  });

  const spans = exported(app);
  expect([INPUT, OUTPUT, COST].map((name) => sumOf(spans, name))).toEqual([120, 80, 190]);
});

test('the id counts also where it was recorded before the work inside began', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    const call = app.genAi.startInference(request);
    call.recordResponse({ id: 'r-2', usage });
    context.with(call.context, () => observed(app, 'r-1'));
    call.end();
    expect(run.usage).toMatchObject({ inputTokens: 120, inferenceCalls: 2 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(120);
});

test('a call whose context is first asked for behind its end holds no other one', () => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    const call = app.genAi.startInference(request);
    call.recordResponse({ id: 'r-1', usage });
    call.end();
    context.with(call.context, () => {
      observed(app, 'r-1');
      observed(app, 'r-2');
    });
    expect(run.usage).toMatchObject({ inputTokens: 120 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(120);
});

function withinAgent(app: ForeignApplication, inside: () => void): void {
  app.genAi.agentRun({ agent: { name: 'framework' } }, inside);
}

test.each([
  ['one call', 1],
  ['three calls', 3],
])('without an id, what an agent between made of %s is told by its sum', (_, calls) => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      withinAgent(app, () => {
        for (let n = 1; n <= calls; n++) observed(app, `r-${n}`);
      });
      call.recordResponse({ usage: { inputTokens: 60 * calls, outputTokens: 40 * calls } });
    });
    expect(run.usage).toMatchObject({ inputTokens: 60 * calls, outputTokens: 40 * calls });
  });

  const spans = exported(app);
  expect([sumOf(spans, INPUT), sumOf(spans, COST)]).toEqual([60 * calls, 95 * calls]);
});

test.each([
  ['other tokens', 'r-1', { usage: { inputTokens: 61, outputTokens: 40 } }],
  ['another id', 'r-1', { id: 'r-2', usage }],
])('an agent inside whose calls have %s is no part of the call', (_, id, answer) => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      withinAgent(app, () => observed(app, id));
      call.recordResponse(answer);
    });
    expect(run.usage.inputTokens).toBe(60 + answer.usage.inputTokens);
  });

  expect(sumOf(exported(app), INPUT)).toBe(60 + answer.usage.inputTokens);
});

test.each([
  ['its id', { id: 'r-1', usage }],
  ['its sum', { usage }],
])('what another library records in an agent between is told by %s', (_, answer) => {
  const app = foreignApplication();
  const attributes = { ...foreignChat, [INPUT]: 60, [OUTPUT]: 40, [COST]: 95 };

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      withinAgent(app, () => app.foreign.startSpan('call', { attributes }).end());
      call.recordResponse(answer);
    });
    expect(run.usage).toMatchObject({ ...usage, microUsd: 95 });
  });

  const spans = exported(app);
  expect([INPUT, OUTPUT, COST].map((name) => sumOf(spans, name))).toEqual([60, 40, 95]);
});

const foreignOf = (id: string | undefined, input: number, output: number) => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
  ...(id === undefined ? {} : { 'gen_ai.response.id': id }),
  [INPUT]: input,
  [OUTPUT]: output,
});

test.each([
  ['has its id', { id: 'r-2', usage: { inputTokens: 50, outputTokens: 8 } }],
  ['has no id', { usage: { inputTokens: 50, outputTokens: 8 } }],
  ['has no id, and tells its input alone', { usage: { inputTokens: 50 } }],
])(
  'a client of another library that is asked again inside counts as often, where ours %s',
  (_, answer) => {
    for (const ids of [
      ['r-1', 'r-2'],
      [undefined, undefined],
    ]) {
      const app = foreignApplication();
      app.agents.run('writer', (run) => {
        app.genAi.inference(request, (call) => {
          app.foreign.startSpan('call', { attributes: foreignOf(ids[0], 40, 6) }).end();
          app.foreign.startSpan('call', { attributes: foreignOf(ids[1], 50, 8) }).end();
          call.recordResponse(answer);
        });
        expect(run.usage).toMatchObject({ inputTokens: 90, outputTokens: 14, inferenceCalls: 2 });
      });

      const spans = exported(app);
      expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([90, 14]);
      expect(rollUpOf(app)).toBeUndefined();
    }
  },
);

test.each([
  ['its id', { id: 'r-2', usage: { inputTokens: 50, outputTokens: 8 } }],
  ['its tokens', { usage: { inputTokens: 50, outputTokens: 8 } }],
])('of two agents that are run inside, the call is the second one by %s', (_, answer) => {
  const app = foreignApplication();

  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      withinAgent(app, () => observed(app, 'r-1', { usage: { inputTokens: 40, outputTokens: 6 } }));
      withinAgent(app, () => observed(app, 'r-2', { usage: { inputTokens: 50, outputTokens: 8 } }));
      call.recordResponse(answer);
    });
    expect(run.usage).toMatchObject({ inputTokens: 90, outputTokens: 14 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(90);
});

// A call around a call around a client: what is recorded on each layer is what is known of the answers, which count once.
import { context } from '@opentelemetry/api';
import type { InferenceResponse, Usage } from '@llm-otel/llm-conventions';
import { afterEach, describe, expect, test } from 'vitest';
import {
  callOfAnother,
  COST,
  exported,
  type ForeignApplication,
  foreignApplication,
  INPUT,
  observed,
  OUTPUT,
  request,
  sumOf,
} from './foreign-application.ts';

afterEach(() => context.disable());

const first: Usage = { inputTokens: 40_000, outputTokens: 6000 };
const second: Usage = { inputTokens: 50_000, outputTokens: 8000 };
const both: Usage = { inputTokens: 90_000, outputTokens: 14_000 };

type Ask = (app: ForeignApplication, id: string | undefined, usage: Usage) => void;

const byAnotherLibrary: Ask = ({ foreign }, id, { inputTokens, outputTokens }) => {
  const span = callOfAnother(foreign, request.model);
  span.setAttributes({ [INPUT]: inputTokens, [OUTPUT]: outputTokens });
  if (id !== undefined) span.setAttribute('gen_ai.response.id', id);
  span.end();
};

const RECORDED: Record<string, (id: string | undefined) => InferenceResponse | undefined> = {
  nothing: () => undefined,
  'the last': (id) => ({ id, usage: second }),
  'the first': (id) => ({ id: id && 'r-1', usage: first }),
  'the id of the last': (id) => ({ id }),
  'the sum': () => ({ usage: both }),
  'the sum and the id of the last': (id) => ({ id, usage: both }),
};

const clients: readonly (readonly [string, Ask])[] = [
  ['another library', byAnotherLibrary],
  ['us', (app, id, usage) => observed(app, id, { usage })],
];

/** Each in the one before. */
function layers(
  app: ForeignApplication,
  [recorded, ...more]: readonly (InferenceResponse | undefined)[],
  work: () => void,
): void {
  app.genAi.inference(request, (call) => {
    if (more.length > 0) layers(app, more, work);
    else work();
    if (recorded !== undefined) call.recordResponse(recorded);
  });
}

function expectBoth(app: ForeignApplication, ids: boolean, ask: Ask, records: string[]): void {
  const used = app.agents.run('writer', (run) => {
    const recorded = records.map((name) => RECORDED[name]!(ids ? 'r-2' : undefined));
    layers(app, recorded, () => {
      ask(app, ids ? 'r-1' : undefined, first);
      ask(app, ids ? 'r-2' : undefined, second);
    });
    return run.usage;
  });
  const spans = exported(app);
  expect([INPUT, OUTPUT, COST].map((name) => sumOf(spans, name))).toEqual([90_000, 14_000, 50_500]);
  expect(used).toMatchObject({ ...both, microUsd: 50_500, inferenceCalls: 2 });
  const writer = app.recorder.spans.find(({ name }) => name === 'invoke_agent writer');
  expect(writer?.attributes).not.toHaveProperty(['llm_otel.rollup.partial']);
}

describe.each(clients)('a client that is asked twice, observed by %s', (_, ask) => {
  describe.each(Object.keys(RECORDED))('the outermost of three layers records %s', (outermost) => {
    test.each(Object.keys(RECORDED))('the one inside %s', (outer) => {
      for (const ids of [true, false])
        for (const inner of Object.keys(RECORDED)) {
          expectBoth(foreignApplication(), ids, ask, [outermost, outer, inner]);
          context.disable();
        }
    });
  });
});

test('what each of two layers knows more of one answer is told by it, once', () => {
  for (const ask of [byAnotherLibrary, clients[1]![1]]) {
    const app = foreignApplication();
    app.agents.run('writer', (run) => {
      const known = [
        { id: 'r-2', usage: second },
        { id: 'r-2' },
        { usage: { inputTokens: 50_000 } },
      ];
      layers(app, known, () => {
        ask(app, undefined, first);
        ask(app, 'r-2', {});
      });
      expect(run.usage).toMatchObject({ ...both, microUsd: 50_500, inferenceCalls: 2 });
    });

    const spans = exported(app);
    expect([INPUT, OUTPUT].map((name) => sumOf(spans, name))).toEqual([90_000, 14_000]);
    const writer = app.recorder.spans.find(({ name }) => name === 'invoke_agent writer');
    expect(writer?.attributes).not.toHaveProperty(['llm_otel.rollup.partial']);
    context.disable();
  }
});

test('a gateway’s own id on two layers is one call, whatever ids its answers have', () => {
  const app = foreignApplication();
  app.agents.run('writer', (run) => {
    const gateway = { id: 'gateway-1', usage: both };
    layers(app, [gateway, gateway], () => {
      observed(app, 'r-1', { usage: first });
      observed(app, 'r-2', { usage: second });
    });
    expect(run.usage).toMatchObject({ ...both, inferenceCalls: 2 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(90_000);
});

test('of two units inside the one around may be the first, known by its sum', () => {
  const app = foreignApplication();
  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      layers(app, [{ usage: both }], () => {
        observed(app, 'r-1', { usage: first });
        observed(app, 'r-2', { usage: second });
      });
      observed(app, 'r-3', { usage: { inputTokens: 7, outputTokens: 1 } });
      call.recordResponse({ usage: both });
    });
    expect(run.usage).toMatchObject({ inputTokens: 90_007, outputTokens: 14_001 });
    expect(run.usage.inferenceCalls).toBe(3);
  });

  expect(sumOf(exported(app), INPUT)).toBe(90_007);
});

test('a call that begins in one that is over, inside of one that is not, is inside of that', () => {
  const app = foreignApplication();
  app.agents.run('writer', (run) => {
    app.genAi.inference(request, (call) => {
      const over = app.genAi.startInference(request);
      over.recordResponse({ id: 'r-1', usage: first });
      over.end();
      context.with(over.context, () => observed(app, 'r-2', { usage: second }));
      call.recordResponse({ id: 'r-2', usage: second });
    });
    expect(run.usage).toMatchObject({ ...both, inferenceCalls: 2 });
  });

  expect(sumOf(exported(app), INPUT)).toBe(90_000);
});

test('more calls than are remembered, on two layers: the sums are said to be partial', () => {
  const app = foreignApplication();
  app.agents.run('writer', () => {
    app.genAi.inference(request, (call) => {
      for (let layer = 0; layer < 2; layer++)
        layers(app, [undefined], () => {
          for (let n = 0; n < 600; n++) observed(app, `r-${layer}-${n}`);
        });
      call.recordResponse({ id: 'another', usage: second });
    });
  });

  const writer = app.recorder.spans.find(({ name }) => name === 'invoke_agent writer');
  expect(writer?.attributes['llm_otel.rollup.partial']).toEqual(['tokens', 'cost']);
});

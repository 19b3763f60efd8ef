// A client that is asked more than once inside of one call: tried again, or with another model.
import { context } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import { exactCostOfSpan, type InferenceCall, type Usage } from '@llm-otel/llm-conventions';
import { afterEach, describe, expect, test } from 'vitest';
import {
  callOfAnother,
  exported,
  type ForeignApplication,
  foreignApplication,
  INPUT,
  OUTPUT,
  request,
  sumOf,
} from './foreign-application.ts';

afterEach(() => context.disable());

interface Asked {
  readonly id?: string | undefined;
  readonly model?: string;
  readonly usage?: Usage;
}

const tokens = (inputTokens: number, outputTokens: number): Usage => ({
  inputTokens,
  outputTokens,
});
const other = 'gpt-5-nano';
const first = tokens(40, 6);
const second = tokens(50, 8);
const both = tokens(90, 14);

function byAnotherLibrary({ foreign }: ForeignApplication, asked: Asked): void {
  const { id, model = request.model, usage } = asked;
  const span = callOfAnother(foreign, model);
  if (id !== undefined) span.setAttribute('gen_ai.response.id', id);
  if (usage === undefined) span.setStatus({ code: 2 });
  else {
    span.setAttributes({ [INPUT]: usage.inputTokens, [OUTPUT]: usage.outputTokens });
    span.setAttribute('gen_ai.response.model', `${model}-2026-06-01`);
  }
  span.end();
}

function byUs({ genAi }: ForeignApplication, asked: Asked): void {
  const { id, model = request.model, usage } = asked;
  const call = genAi.startInference({ provider: 'openai', model });
  if (usage === undefined) call.fail(new Error('refused'));
  else call.recordResponse({ id, model: `${model}-2026-06-01`, usage });
  call.end();
}

type Ask = (asked: Asked) => void;

/** What is asked inside, and what the call around records. */
const CASES: Record<string, readonly [Usage, (ask: Ask, call: InferenceCall) => void]> = {
  'the sum of both': [
    both,
    (ask, call) => {
      ask({ id: 'r-1', usage: first });
      ask({ id: 'r-2', usage: second });
      call.recordResponse({ usage: both });
    },
  ],
  'the sum of both, of clients that tell no ids': [
    both,
    (ask, call) => {
      ask({ usage: first });
      ask({ usage: second });
      call.recordResponse({ usage: both });
    },
  ],
  'the sum of both and the id of the last': [
    both,
    (ask, call) => {
      ask({ id: 'r-1', usage: first });
      ask({ id: 'r-2', usage: second });
      call.recordResponse({ id: 'r-2', usage: both });
    },
  ],
  'each as it comes': [
    both,
    (ask, call) => {
      ask({ id: 'r-1', usage: first });
      call.recordResponse({ id: 'r-1', usage: first });
      ask({ id: 'r-2', usage: second });
      call.recordResponse({ id: 'r-2', usage: second });
    },
  ],
  'the id of the first, and what the second used without one': [
    both,
    (ask, call) => {
      ask({ id: 'r-1', usage: first });
      call.recordResponse({ id: 'r-1', usage: first });
      ask({ usage: second });
      call.recordResponse({ usage: second });
    },
  ],
  'the second, of another model': [
    both,
    (ask, call) => {
      ask({ id: 'r-1', usage: first });
      ask({ id: 'r-2', model: other, usage: second });
      call.recordResponse({ id: 'r-2', model: `${other}-2026-06-01`, usage: second });
    },
  ],
  'the second, of another model, without its id': [
    both,
    (ask, call) => {
      ask({ usage: first });
      ask({ model: other, usage: second });
      call.recordResponse({ model: `${other}-2026-06-01`, usage: second });
    },
  ],
  'the second by the name of the model that was asked for': [
    both,
    (ask, call) => {
      ask({ usage: first });
      ask({ model: other, usage: second });
      call.recordResponse({ model: other, usage: second });
    },
  ],
  'the sum of two models and the id of the last': [
    both,
    (ask, call) => {
      ask({ id: 'r-1', usage: first });
      ask({ id: 'r-2', model: other, usage: second });
      call.recordResponse({ id: 'r-2', usage: both });
    },
  ],
  'the second, of another model, where the first was refused': [
    second,
    (ask, call) => {
      ask({});
      ask({ model: other, usage: second });
      call.recordResponse({ model: other, usage: second });
    },
  ],
  'the second of two models, with its id, where the first was refused': [
    second,
    (ask, call) => {
      ask({});
      ask({ id: 'r-2', model: other, usage: second });
      call.recordResponse({ id: 'r-2', model: other, usage: second });
    },
  ],
  'the third, of the first model again': [
    tokens(150, 23),
    (ask, call) => {
      ask({ id: 'r-1', usage: first });
      ask({ id: 'r-2', model: other, usage: second });
      ask({ id: 'r-3', usage: tokens(60, 9) });
      call.recordResponse({ id: 'r-3', usage: tokens(60, 9) });
    },
  ],
  'the sum of the last two of three': [
    tokens(97, 15),
    (ask, call) => {
      ask({ id: 'r-0', usage: tokens(7, 1) });
      ask({ id: 'r-1', usage: first });
      ask({ id: 'r-2', usage: second });
      call.recordResponse({ usage: both });
    },
  ],
  nothing: [
    both,
    (ask) => {
      ask({ id: 'r-1', usage: first });
      ask({ id: 'r-2', model: other, usage: second });
    },
  ],
};

/** The attributes are whole numbers. */
function costOf(spans: readonly ReadableSpan[]): number {
  return spans.reduce((sum, span) => sum + (exactCostOfSpan(span) ?? 0), 0);
}

/** What the calls inside cost without one around them, by spans and by the run. */
function costsAlone(
  ask: (app: ForeignApplication, asked: Asked) => void,
  work: (ask: Ask, call: InferenceCall) => void,
): [spans: number, run: number] {
  const app = foreignApplication();
  const unrecorded = { recordResponse() {} } as unknown as InferenceCall;
  const used = app.agents.run('writer', (run) => {
    work((asked) => ask(app, asked), unrecorded);
    return run.usage;
  });
  return [costOf(exported(app)), used.microUsd];
}

describe.each([
  ['another library', byAnotherLibrary],
  ['ours', byUs],
] as const)('calls that %s records', (_, ask) => {
  test.each(Object.keys(CASES))('count once each where the call around records %s', (name) => {
    const [expected, work] = CASES[name]!;
    const app = foreignApplication();
    const exceeded: unknown[] = [];
    const budget = {
      tokens: expected.inputTokens! + expected.outputTokens! - 1,
      onExceeded: (one: unknown) => exceeded.push(one),
    };

    let calls = 0;
    const used = app.agents.run({ agent: { name: 'writer' }, budget }, (run) => {
      app.genAi.inference(request, (call) =>
        work((asked) => {
          calls++;
          ask(app, asked);
        }, call),
      );
      return run.usage;
    });

    const spans = exported(app);
    expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([
      expected.inputTokens,
      expected.outputTokens,
    ]);
    expect(used).toMatchObject({ ...expected, inferenceCalls: calls });
    expect([costOf(spans), used.microUsd]).toEqual(costsAlone(ask, work));
    expect(exceeded).toHaveLength(1);
    const writer = app.recorder.spans.find(({ name: each }) => each === 'invoke_agent writer');
    expect(writer?.attributes).not.toHaveProperty(['llm_otel.rollup.partial']);
  });
});

test.each([
  ['other input and output', tokens(7, 1), tokens(47, 7)],
  ['other input alone', tokens(30, 6), tokens(30, 6)],
  ['other output alone', tokens(40, 4), tokens(40, 4)],
])(
  'one inside for the same model that told %s than the one around, without ids, is another one only if both differ',
  (_, usage, expected) => {
    for (const ask of [byUs, byAnotherLibrary]) {
      const app = foreignApplication();
      const used = app.agents.run('writer', (run) => {
        app.genAi.inference(request, (call) => {
          ask(app, { usage });
          call.recordResponse({ id: 'r-1', usage: first });
        });
        return run.usage;
      });

      const spans = exported(app);
      const told = ask === byUs || expected.inputTokens === 47 ? expected : first;
      expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([
        told.inputTokens,
        told.outputTokens,
      ]);
      expect(used).toMatchObject({ ...told, inferenceCalls: expected.inputTokens === 47 ? 2 : 1 });
    }
  },
);

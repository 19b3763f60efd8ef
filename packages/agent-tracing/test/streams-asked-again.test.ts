// A generator given to call.stream that asks again over a client that is observed.
import { context } from '@opentelemetry/api';
import { aiSdkStream, costOf, openAiChatStream } from '@llm-otel/llm-conventions';
import { afterEach, expect, test } from 'vitest';
import { type Answer, chatChunks } from './chat-chunks.ts';
import {
  callOfAnother,
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

interface Asked extends Answer {
  readonly breaksOff: boolean;
}

async function* byUs({ genAi }: ForeignApplication, asked: Asked): AsyncGenerator {
  const { model } = asked;
  yield* await genAi.inference({ provider: 'openai', model, stream: true }, (call) =>
    Promise.resolve(call.stream(chatChunks(asked), openAiChatStream)),
  );
}

async function* byAnother({ foreign }: ForeignApplication, asked: Asked): AsyncGenerator {
  const { id, model, usage } = asked;
  const span = callOfAnother(foreign, model);
  try {
    yield* chatChunks(asked);
    span.setAttributes({ [INPUT]: usage.inputTokens, [OUTPUT]: usage.outputTokens });
  } catch (error) {
    span.setStatus({ code: 2 });
    throw error;
  } finally {
    if (id !== undefined) span.setAttribute('gen_ai.response.id', id);
    span.end();
  }
}

const CASES = [byUs, byAnother].flatMap((observe) =>
  [true, false].flatMap((hasIds) =>
    [request.model, 'gpt-5'].flatMap((model) =>
      [true, false].map((breaksOff) => ({
        observer: observe.name,
        observe,
        hasIds,
        model,
        breaksOff,
      })),
    ),
  ),
);

test.each(CASES)(
  'observed $observer, ids $hasIds, then $model, the first broke off $breaksOff: each answer counts once',
  async ({ observe, hasIds, model, breaksOff }) => {
    const app = foreignApplication();
    async function* again(): AsyncGenerator {
      const id = (n: number): string | undefined => (hasIds ? `r-${n}` : undefined);
      try {
        const usage = { inputTokens: 40, outputTokens: 6 };
        yield* observe(app, { id: id(1), model: request.model, usage, breaksOff });
      } catch {}
      const usage = { inputTokens: 50, outputTokens: 8 };
      yield* observe(app, { id: id(2), model, usage, breaksOff: false });
    }

    await app.agents.run('writer', async (run) => {
      const stream = await app.genAi.inference({ ...request, stream: true }, (call) =>
        Promise.resolve(call.stream(again(), openAiChatStream)),
      );
      for await (const _ of stream);
      expect(run.usage).toMatchObject({
        inputTokens: breaksOff ? 50 : 90,
        outputTokens: breaksOff ? 8 : 14,
        inferenceCalls: 2,
      });
    });

    const spans = exported(app);
    const writer = spans.find(({ name }) => name === 'invoke_agent writer');
    // What a stream had used that broke off is not known. Another library's without an id was refused, for all that is known of it.
    const isUnknown = breaksOff && (observe === byUs || hasIds);
    expect(writer?.attributes['llm_otel.rollup.partial']).toEqual(
      isUnknown ? ['tokens', 'cost'] : undefined,
    );
    expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual(breaksOff ? [50, 8] : [90, 14]);
    // The outer one is over last.
    const outer = spans.findLast(({ attributes }) => attributes['gen_ai.request.stream'] === true);
    expect(outer?.attributes).toMatchObject({
      'gen_ai.response.model': model,
      ...(hasIds && { 'gen_ai.response.id': 'r-2' }),
      'gen_ai.response.finish_reasons': ['stop'],
    });
  },
);

async function* byNobody(_: ForeignApplication, asked: Asked): AsyncGenerator {
  yield* chatChunks(asked);
}

const observers = [byNobody, byUs, byAnother];
const MIXED = observers.flatMap((first) =>
  observers.flatMap((second) =>
    [request.model, 'gpt-5'].flatMap((model) =>
      [true, false].map((hasIds) => ({
        of: `${first.name}, then ${second.name}`,
        first,
        second,
        model,
        hasIds,
      })),
    ),
  ),
);

test.each(MIXED)(
  'observed $of, ids $hasIds, then $model: each answer counts once, at its own price',
  async ({ first, second, model, hasIds }) => {
    const app = foreignApplication();
    const id = (n: number): string | undefined => (hasIds ? `r-${n}` : undefined);
    const used = [
      { id: id(1), model: request.model, usage: { inputTokens: 40, outputTokens: 6 } },
      { id: id(2), model, usage: { inputTokens: 50, outputTokens: 8 } },
    ] as const;
    async function* again(): AsyncGenerator {
      yield* first(app, { ...used[0], breaksOff: false });
      yield* second(app, { ...used[1], breaksOff: false });
    }

    await app.agents.run('writer', async (run) => {
      const stream = await app.genAi.inference({ ...request, stream: true }, (call) =>
        Promise.resolve(call.stream(again(), openAiChatStream)),
      );
      for await (const _ of stream);
      const cost = used
        .map((each) => costOf({ provider: 'openai', ...each })?.exactMicroUsd ?? Number.NaN)
        .reduce((sum, each) => sum + each);
      expect(run.usage).toMatchObject({ inputTokens: 90, outputTokens: 14, inferenceCalls: 2 });
      expect(run.usage.microUsd).toBeCloseTo(cost, 6);
    });

    const spans = exported(app);
    expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([90, 14]);
    const writer = spans.find(({ name }) => name === 'invoke_agent writer');
    expect(writer?.attributes).not.toHaveProperty('llm_otel.rollup.partial');
  },
);

test.each([
  ['ids', 'r-1', 'r-2'],
  ['no ids', undefined, undefined],
])(
  'steps of the AI SDK that an agent inside has told, with %s, count once',
  async (_, first, second) => {
    const app = foreignApplication();
    const usages = [
      { inputTokens: 40, outputTokens: 6 },
      { inputTokens: 50, outputTokens: 8 },
    ] as const;
    const step = (id: string, usage: object): object => ({
      type: 'finish-step',
      response: { id, modelId: request.model },
      usage,
    });
    async function* fullStream(): AsyncGenerator {
      yield { type: 'start' };
      await app.agents.run('sdk', async () => {
        await Promise.resolve();
        observed(app, first, { usage: usages[0] });
        observed(app, second, { usage: usages[1] });
      });
      yield step('r-1', usages[0]);
      yield step('r-2', usages[1]);
      const totalUsage = { inputTokens: 90, outputTokens: 14 };
      yield { type: 'finish', finishReason: 'stop', totalUsage };
    }

    await app.agents.run('writer', async (run) => {
      const stream = await app.genAi.inference({ ...request, stream: true }, (call) =>
        Promise.resolve(call.stream(fullStream(), aiSdkStream)),
      );
      for await (const _part of stream);
      expect(run.usage).toMatchObject({ inputTokens: 90, outputTokens: 14 });
    });

    const spans = exported(app);
    expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([90, 14]);
    const outer = spans.find(({ attributes }) => attributes['gen_ai.request.stream'] === true);
    expect(outer?.attributes).toMatchObject({ 'llm_otel.rollup.usage.input_tokens': 90 });
  },
);

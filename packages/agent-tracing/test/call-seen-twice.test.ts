// A model call around whose client something else observes as well: one call, told once.
import { context, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@llm-otel/core';
import {
  countForeignCalls,
  createGenAi,
  type GenAi,
  type InferenceCall,
  normaliseDialects,
} from '@llm-otel/llm-conventions';
import { recordSpans, type SpanRecorder } from '@llm-otel/testing';
import { afterEach, expect, test } from 'vitest';
import { type AgentTracing, createAgentTracing } from '../src/index.ts';

afterEach(() => context.disable());

interface Application {
  readonly agents: AgentTracing;
  readonly genAi: GenAi;
  readonly foreign: Tracer;
  readonly recorder: SpanRecorder;
}

function application(): Application {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const recorder = recordSpans();
  const provider = new TracerProvider({ spanProcessors: [countForeignCalls()(recorder)] });
  const tracer = provider.getTracer('application');
  const genAi = createGenAi({ tracer });
  const agents = createAgentTracing({ tracer, genAi });
  return { agents, genAi, foreign: provider.getTracer('client'), recorder };
}

const request = { provider: 'openai', model: 'gpt-5-mini' } as const;
const usage = { inputTokens: 60, outputTokens: 40 };

/** What a client that is observed does for a request. */
function observed({ genAi }: Application, id?: string, answer: object = { usage }): void {
  const call = genAi.startInference(request);
  call.recordResponse({ id, ...answer });
  call.end();
}

/** What leaves the pipeline. */
function exported({ recorder }: Application): ReadableSpan[] {
  const spans: ReadableSpan[] = [];
  const report = { sampledOut() {}, dropped() {} };
  const stage = normaliseDialects()({ onEnd: (span) => void spans.push(span) }, report);
  for (const span of recorder.spans) stage.onEnd(span);
  return spans;
}

function sumOf(spans: readonly ReadableSpan[], name: string): number {
  return spans.reduce((sum, { attributes }) => sum + Number(attributes[name] ?? 0), 0);
}

const INPUT = 'gen_ai.usage.input_tokens';
const COST = 'llm_otel.cost.micro_usd';

test.each([
  ['with the same id', 'r-1', 'r-1'],
  ['without ids', undefined, undefined],
  ['of which one tells no id', undefined, 'r-1'],
])('a client that is observed inside of a call of ours, %s: it counts once', (_, own, inside) => {
  const app = application();

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
  const app = application();

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
  const app = application();
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
  const app = application();

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
  const app = application();

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
  const app = application();

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
  const app = application();
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

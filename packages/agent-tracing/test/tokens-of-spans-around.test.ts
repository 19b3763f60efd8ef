// Spans of other libraries that are no calls of a model, and tell what the calls below them used.
import { context, type Tracer, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  exported,
  foreignApplication,
  INPUT,
  observed,
  OUTPUT,
  sumOf,
} from './foreign-application.ts';
import { named } from './named-span.ts';

afterEach(() => context.disable());

type Values = Record<string, string | number>;
const totals = { [INPUT]: 60, [OUTPUT]: 40 };
const counts = { 'llm.token_count.prompt': 60, 'llm.token_count.completion': 40 };
const details = { 'langfuse.observation.usage_details': '{"input":60,"output":40}' };

const langSmith = (kind: string): Values => ({
  'langsmith.span.kind': kind,
  'gen_ai.operation.name': kind === 'llm' ? 'chat' : kind,
  'gen_ai.system': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
  ...totals,
});
const openInference = (kind: string): Values => ({
  'openinference.span.kind': kind,
  'llm.provider': 'openai',
  'llm.model_name': 'gpt-5-mini',
  ...counts,
});
const langfuse = (type: string): Values => ({
  'langfuse.observation.type': type,
  'langfuse.observation.model.name': 'gpt-5-mini',
  ...details,
});
const openLlmetry = (kind: string): Values => ({ 'traceloop.span.kind': kind, ...totals });
const openLlmetryCall: Values = {
  'llm.request.type': 'chat',
  'gen_ai.system': 'OpenAI',
  'gen_ai.request.model': 'gpt-5-mini',
  ...totals,
};

const AROUND: Record<string, readonly [call: Values, around: Values]> = {};
for (const kind of ['chain', 'tool', 'retriever', 'prompt', 'parser'])
  AROUND[`a ${kind} of LangSmith`] = [langSmith('llm'), langSmith(kind)];
for (const kind of [
  'CHAIN',
  'AGENT',
  'TOOL',
  'RETRIEVER',
  'RERANKER',
  'GUARDRAIL',
  'EVALUATOR',
  'PROMPT',
  'UNKNOWN',
])
  AROUND[`${kind} of OpenInference`] = [openInference('LLM'), openInference(kind)];
for (const type of [
  'span',
  'chain',
  'agent',
  'tool',
  'retriever',
  'evaluator',
  'guardrail',
  'event',
])
  AROUND[`a ${type} of Langfuse`] = [langfuse('generation'), langfuse(type)];
for (const kind of ['workflow', 'task', 'agent', 'tool'])
  AROUND[`a ${kind} of OpenLLMetry`] = [openLlmetryCall, openLlmetry(kind)];
AROUND['a span of an application'] = [langSmith('llm'), totals];
AROUND['an agent in the names of today'] = [
  openLlmetryCall,
  { 'gen_ai.operation.name': 'invoke_agent', ...totals },
];
const NAMES = Object.keys(AROUND);

function span(tracer: Tracer, attributes: Values, inside: () => void = () => {}): void {
  // Attributes come late, as most libraries write what was used.
  const open = tracer.startSpan('foreign');
  context.with(trace.setSpan(context.active(), open), inside);
  open.setAttributes(attributes).end();
}

describe.each(NAMES)('%s', (name) => {
  const [call, around] = AROUND[name]!;

  test('repeats a call below it, and the one in between: a plain sum has the tokens once', () => {
    const app = foreignApplication();
    span(app.foreign, around, () => span(app.foreign, around, () => span(app.foreign, call)));

    const spans = exported(app);
    expect([sumOf(spans, INPUT), sumOf(spans, OUTPUT)]).toEqual([60, 40]);
    expect(spans.map(({ attributes }) => attributes['llm_otel.usage.rollup'])).toEqual([
      undefined,
      true,
      true,
    ]);
    expect(spans[2]?.attributes['llm_otel.rollup.usage.input_tokens']).toBe(60);
    expect(spans[2]?.attributes).not.toHaveProperty(['llm_otel.cost.micro_usd']);
  });

  test('keeps what no call below it told, the innermost of several', () => {
    const app = foreignApplication();
    span(app.foreign, around, () => span(app.foreign, around, () => span(app.foreign, {})));

    const spans = exported(app);
    expect(spans.map(({ attributes }) => attributes[INPUT])).toEqual([undefined, 60, undefined]);
  });

  test('is told to the run around it as the sum over spans is', () => {
    const app = foreignApplication();
    app.agents.run('writer', (run) => {
      span(app.foreign, around, () => span(app.foreign, call));
      expect(run.usage).toMatchObject({ inputTokens: 60, inferenceCalls: 1 });
      span(app.foreign, around);
      expect(run.usage).toMatchObject({ inputTokens: 120, inferenceCalls: 1 });
    });
    expect(sumOf(exported(app), INPUT)).toBe(120);
  });

  test('repeats calls of ours, and agents of ours that tell their own', () => {
    const app = foreignApplication();
    span(app.foreign, around, () => observed(app));
    expect(sumOf(exported(app), INPUT)).toBe(60);

    span(app.foreign, around, () =>
      app.agents.run('writer', (run) => run.recordOutput({ inputTokens: 60, outputTokens: 40 })),
    );
    expect(sumOf(exported(app), INPUT)).toBe(120);
  });

  test('inside of a call of ours repeats that, also where the client in it is observed by nobody', () => {
    const app = foreignApplication();
    app.genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (open) => {
      span(app.foreign, around);
      open.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } });
    });
    expect(sumOf(exported(app), INPUT)).toBe(60);
  });
});

test('a call below that is not over, as a stream that is read later, is taken for one that will tell', () => {
  const app = foreignApplication();
  const { genAi, foreign } = app;
  let open: ReturnType<typeof genAi.startInference> | undefined;
  span(foreign, langSmith('chain'), () => {
    open = genAi.startInference({ provider: 'openai', model: 'gpt-5-mini' });
  });
  open?.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } });
  open?.end();

  expect(sumOf(exported(app), INPUT)).toBe(60);
});

test('a call that told no tokens leaves them to the span around it', () => {
  const app = foreignApplication();
  span(app.foreign, langSmith('chain'), () =>
    span(app.foreign, { 'langsmith.span.kind': 'llm', 'gen_ai.operation.name': 'chat' }),
  );

  expect(exported(app).map(({ attributes }) => attributes[INPUT])).toEqual([undefined, 60]);
});

test('a call beside it is none below it', () => {
  const app = foreignApplication();
  span(app.foreign, {}, () => {
    span(app.foreign, langSmith('llm'));
    span(app.foreign, langSmith('chain'));
  });

  expect(sumOf(exported(app), INPUT)).toBe(120);
});

test('a call of another library around another one counts once outside of runs, too', () => {
  const app = foreignApplication();
  span(app.foreign, openInference('LLM'), () => span(app.foreign, langSmith('llm')));

  const spans = exported(app);
  expect([sumOf(spans, INPUT), sumOf(spans, 'llm_otel.cost.micro_usd')]).toEqual([60, 95]);
});

test('a span that is over before the call below it ends hands what it tells to those around it', () => {
  const app = foreignApplication();
  span(app.foreign, langSmith('chain'), () => {
    const between = app.foreign.startSpan('between');
    const inside = app.foreign.startSpan('call', {}, trace.setSpan(context.active(), between));
    between.end();
    inside.setAttributes(langSmith('llm')).end();
  });

  expect(sumOf(exported(app), INPUT)).toBe(60);
  expect(named(app.recorder, 'between').attributes).toEqual({});
});

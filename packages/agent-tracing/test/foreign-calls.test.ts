import { context, type Span, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import type { ExceededBudget } from '../src/index.ts';
import { foreignApplication } from './foreign-application.ts';
import { named } from './named-span.ts';

afterEach(() => context.disable());

/** As OpenInference, OpenLLMetry and the conventions of today write a call. */
const VOCABULARIES: Record<string, Record<string, string | number>> = {
  OpenInference: {
    'openinference.span.kind': 'LLM',
    'llm.provider': 'openai',
    'llm.model_name': 'gpt-5-mini',
    'llm.token_count.prompt': 60,
    'llm.token_count.completion': 40,
  },
  OpenLLMetry: {
    'llm.request.type': 'chat',
    'gen_ai.system': 'openai',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.usage.prompt_tokens': 60,
    'gen_ai.usage.completion_tokens': 40,
  },
  'the conventions': {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.usage.input_tokens': 60,
    'gen_ai.usage.output_tokens': 40,
  },
};
const today = VOCABULARIES['the conventions']!;

function call(tracer: Tracer, attributes: object, inside: (span: Span) => void = () => {}): void {
  tracer.startActiveSpan('foreign call', (span) => {
    inside(span);
    span.setAttributes({ ...attributes });
    span.end();
  });
}

test.each(Object.keys(VOCABULARIES))(
  'a call that another library records in the names of %s counts for the runs around it, in their budgets too',
  (vocabulary) => {
    const { agents, foreign, recorder } = foreignApplication();
    const exceeded: ExceededBudget[] = [];
    const budget = { tokens: 99, onExceeded: (one: ExceededBudget) => exceeded.push(one) };

    agents.run({ agent: { name: 'boss' }, budget }, (boss) => {
      boss.delegate('writer', (run) => {
        run.step('draft', () => call(foreign, VOCABULARIES[vocabulary]!));
        expect(run.usage).toMatchObject({ inputTokens: 60, outputTokens: 40, inferenceCalls: 1 });
        expect(run.usage.microUsd).toBe(95);
        run.recordOutput({ inputTokens: 60, outputTokens: 40 });
      });
      expect(boss.usage).toMatchObject({ inputTokens: 60, inferenceCalls: 0 });
    });

    expect(exceeded).toMatchObject([{ kind: 'tokens', value: 100 }]);
    for (const name of ['invoke_agent boss', 'invoke_agent writer'])
      expect(named(recorder, name).attributes).toMatchObject({
        'llm_otel.rollup.usage.input_tokens': 60,
        'llm_otel.rollup.cost.micro_usd': 95,
      });
    expect(named(recorder, 'invoke_agent writer').attributes['llm_otel.usage.rollup']).toBe(true);
  },
);

test('a call of ours counts once, with what another library records of it inside or around it', () => {
  const { agents, genAi, foreign } = foreignApplication();
  const own = (inside: () => void): void =>
    genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (open) => {
      inside();
      open.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } });
    });

  agents.run('writer', (run) => {
    own(() => call(foreign, today));
    expect(run.usage).toMatchObject({ inputTokens: 60, inferenceCalls: 1 });
    call(foreign, today, () => own(() => {}));
    expect(run.usage).toMatchObject({ inputTokens: 120, inferenceCalls: 2 });
    // As where a framework and a client are both observed.
    call(foreign, today, () => call(foreign, today));
    expect(run.usage).toMatchObject({ inputTokens: 180, inferenceCalls: 3 });
    genAi.embeddings({ provider: 'openai', model: 'text-embedding-3-small' }, (open) =>
      open.recordResponse({ inputTokens: 7 }),
    );
    expect(run.usage).toMatchObject({ inputTokens: 187, inferenceCalls: 3 });
  });
});

test('what is no call counts as none, and with what it tells where no call below it told that; what happens outside of a run counts for none', () => {
  const { agents, foreign } = foreignApplication();

  call(foreign, today);
  agents.run('writer', (run) => {
    call(foreign, { 'http.request.method': 'GET', 'gen_ai.usage.input_tokens': 9 });
    call(foreign, { ...today, 'gen_ai.operation.name': 'invoke_agent' });
    // As a plain sum over their spans.
    expect(run.usage).toMatchObject({ inputTokens: 69, inferenceCalls: 0 });
    call(foreign, { ...today, 'gen_ai.operation.name': 'embeddings' });
    expect(run.usage).toMatchObject({ inputTokens: 129, inferenceCalls: 0 });
  });
});

test('one that failed without saying what it used leaves the sums whole', () => {
  const { agents, foreign, recorder } = foreignApplication();

  agents.run('writer', () => {
    call(foreign, today);
    call(foreign, { 'gen_ai.operation.name': 'chat' }, (span) =>
      span.setStatus({ code: SpanStatusCode.ERROR }),
    );
  });

  expect(named(recorder, 'invoke_agent writer').attributes).not.toHaveProperty(
    'llm_otel.rollup.partial',
  );
  expect(trace.getActiveSpan()).toBeUndefined();
});

test('one that failed when it had answered, and did not say what it used, is missing from the sums', () => {
  const { agents, foreign, recorder } = foreignApplication();

  agents.run('writer', () => {
    call(foreign, today);
    const broken = { 'gen_ai.operation.name': 'chat', 'gen_ai.response.id': 'c-1' };
    call(foreign, broken, (span) => span.setStatus({ code: SpanStatusCode.ERROR }));
  });

  expect(named(recorder, 'invoke_agent writer').attributes['llm_otel.rollup.partial']).toEqual([
    'tokens',
    'cost',
  ]);
});

test.each(Object.keys(VOCABULARIES))(
  'one in the names of %s that is open at the end of the run is missing from its sums, and counts around it when it ends',
  (vocabulary) => {
    const { agents, foreign, recorder } = foreignApplication();
    const { 'llm.token_count.prompt': _, ...attributes } = VOCABULARIES[vocabulary]!;
    let open: Span | undefined;

    agents.run('boss', (boss) => {
      boss.delegate('writer', () => {
        call(foreign, today);
        open = foreign.startSpan('foreign call', { attributes });
      });
      open?.setAttributes(VOCABULARIES[vocabulary]!).end();
      expect(boss.usage).toMatchObject({ inputTokens: 120, outputTokens: 80, microUsd: 190 });
    });

    const writer = named(recorder, 'invoke_agent writer').attributes;
    expect(writer['llm_otel.rollup.partial']).toEqual(['tokens', 'cost']);
    expect(writer['llm_otel.rollup.usage.input_tokens']).toBe(60);
    const boss = named(recorder, 'invoke_agent boss').attributes;
    expect(boss).not.toHaveProperty(['llm_otel.rollup.partial']);
  },
);

test('a span of another library that is open and no call leaves the sums whole', () => {
  const { agents, foreign, recorder } = foreignApplication();
  let open: Span | undefined;

  agents.run('writer', () => {
    call(foreign, today);
    open = foreign.startSpan('GET', { attributes: { 'http.request.method': 'GET' } });
  });
  open?.end();

  expect(named(recorder, 'invoke_agent writer').attributes).not.toHaveProperty(
    'llm_otel.rollup.partial',
  );
});

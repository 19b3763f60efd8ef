import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGenAi, type GenAi, inCurrentNames, type InferenceCall } from '../src/index.ts';
import { readableSpan } from './readable-span.ts';
import { recordSignals } from './record-signals.ts';

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  context.disable();
});

type Values = Record<string, unknown>;

/** The spans that `work` leaves, by their names. */
function recorded(work: (genAi: GenAi) => void): Map<string, Values> {
  const recording = recordSignals();
  work(createGenAi(recording));
  return new Map(recording.spans().map(({ name, attributes }) => [name, attributes]));
}

function sum(spans: Map<string, Values>): number {
  return [...spans.values()].reduce(
    (total, attributes) => total + Number(attributes['gen_ai.usage.input_tokens'] ?? 0),
    0,
  );
}

function call(genAi: GenAi, inputTokens: number | undefined): void {
  genAi.inference({ provider: 'openai', model: 'm' }, (open) => {
    open.recordResponse(inputTokens === undefined ? {} : { usage: { inputTokens } });
  });
}

const agent = { name: 'a' };

describe('the totals that a run reports', () => {
  test('repeat those of its calls: a plain sum counts them once', () => {
    const spans = recorded((genAi) => {
      genAi.agentRun({ agent }, (run) => {
        call(genAi, 100);
        run.recordOutput({ inputTokens: 100, outputTokens: 7 });
      });
    });

    expect(sum(spans)).toBe(100);
    expect(spans.get('invoke_agent a')).toMatchObject({
      'llm_otel.usage.rollup': true,
      'llm_otel.rollup.usage.input_tokens': 100,
      'llm_otel.rollup.usage.output_tokens': 7,
    });
    expect(spans.get('invoke_agent a')).not.toHaveProperty(['gen_ai.usage.output_tokens']);
  });

  test.each([
    ['before its calls', true],
    ['as attributes', false],
  ])('are told apart also where they are given %s', (_, asOutput) => {
    const attributes = { 'gen_ai.usage.input_tokens': 100 } as const;
    const spans = recorded((genAi) => {
      genAi.agentRun({ agent, ...(!asOutput && { attributes }) }, (run) => {
        if (asOutput) run.recordOutput({ inputTokens: 100 });
        call(genAi, 100);
      });
    });

    expect(sum(spans)).toBe(100);
  });

  test.each([
    ['it has no calls', () => {}],
    ['no call told its tokens', (genAi: GenAi) => call(genAi, undefined)],
  ])('are its own where %s, and stay so in the pipeline', (_, inside) => {
    const spans = recorded((genAi) => {
      genAi.agentRun({ agent }, (run) => {
        inside(genAi);
        run.recordOutput({ inputTokens: 100 });
      });
    });
    const run = spans.get('invoke_agent a') ?? {};

    expect(sum(spans)).toBe(100);
    expect(run).toMatchObject({
      'gen_ai.usage.input_tokens': 100,
      'llm_otel.usage.rollup': false,
    });
    expect(inCurrentNames(readableSpan(run)).attributes).toEqual(run);
  });

  test('count for the runs around it, whose totals repeat them', () => {
    const spans = recorded((genAi) => {
      genAi.agentRun({ agent: { name: 'boss' } }, (boss) => {
        genAi.workflow({ name: 'w' }, () =>
          genAi.agentRun({ agent }, (run) => run.recordOutput({ inputTokens: 100 })),
        );
        boss.recordOutput({ inputTokens: 100 });
      });
    });

    expect(sum(spans)).toBe(100);
    expect(spans.get('invoke_agent boss')).toMatchObject({
      'llm_otel.rollup.usage.input_tokens': 100,
    });
  });
});

/** Agents in this process and at a service, each around `inside`, with totals of their own. */
const AGENTS = {
  'a run': (genAi: GenAi, inside: () => void, inputTokens?: number) =>
    genAi.agentRun({ agent }, (run) => {
      inside();
      run.recordOutput({ inputTokens });
    }),
  'a call of an agent at a service': (genAi: GenAi, inside: () => void, inputTokens?: number) =>
    genAi.invokeAgent({ provider: 'openai', agent }, (open) => {
      inside();
      open.recordOutput({
        usage: { inputTokens, textInputTokens: inputTokens, outputTokens: 3, cacheReadTokens: 2 },
      });
    }),
} as const;
type AgentKind = keyof typeof AGENTS;
const KINDS = Object.keys(AGENTS) as AgentKind[];

describe.each(KINDS)('the totals of %s', (kind) => {
  const invoke = AGENTS[kind];

  test('repeat those of calls inside, and stand under names of their own', () => {
    const spans = recorded((genAi) => invoke(genAi, () => call(genAi, 100), 100));
    const { attributes } = readableSpan(spans.get('invoke_agent a') ?? {});

    expect(sum(spans)).toBe(100);
    expect(attributes).toMatchObject({
      'llm_otel.usage.rollup': true,
      'llm_otel.rollup.usage.input_tokens': 100,
    });
    expect(Object.keys(attributes).filter((name) => name.startsWith('gen_ai.usage.'))).toEqual([]);
  });

  test('repeat them too where only some of the calls told theirs', () => {
    const spans = recorded((genAi) =>
      invoke(
        genAi,
        () => {
          call(genAi, undefined);
          call(genAi, 40);
        },
        100,
      ),
    );

    expect(sum(spans)).toBe(40);
    expect(spans.get('invoke_agent a')).toMatchObject({
      'llm_otel.rollup.usage.input_tokens': 100,
    });
  });

  test('repeat those of a call that is over only after it, as a stream that is read later', () => {
    const spans = recorded((genAi) => {
      const open: InferenceCall[] = [];
      const start = (): void => void open.push(genAi.startInference({ provider: 'openai' }));
      invoke(genAi, start, 100);
      open[0]?.recordResponse({ usage: { inputTokens: 100 } });
      open[0]?.end();
    });

    expect(sum(spans)).toBe(100);
  });

  test('are its own where no call inside told any', () => {
    const spans = recorded((genAi) => invoke(genAi, () => call(genAi, undefined), 100));

    expect(sum(spans)).toBe(100);
    expect(spans.get('invoke_agent a')?.['llm_otel.usage.rollup']).not.toBe(true);
  });

  test.each(KINDS)('count once three deep, inside %s', (around) => {
    const spans = recorded((genAi) =>
      AGENTS[around](
        genAi,
        () =>
          genAi.tool({ name: 't' }, () =>
            genAi.workflow({ name: 'w' }, () =>
              genAi.plan({}, () => invoke(genAi, () => call(genAi, 100), 100)),
            ),
          ),
        100,
      ),
    );

    expect(sum(spans)).toBe(100);
  });

  test('count once where it is the innermost that told them, without calls in this process', () => {
    const recording = recordSignals();
    const genAi = createGenAi(recording);
    genAi.agentRun({ agent: { name: 'boss' } }, (boss) => {
      invoke(genAi, () => {}, 100);
      boss.recordOutput({ inputTokens: 100 });
    });

    const values = recording.spans().map(({ attributes }) => attributes);
    expect(values.map((each) => each['gen_ai.usage.input_tokens'])).toEqual([100, undefined]);
  });

  test('are told apart for each of several that run at the same time', async () => {
    const recording = recordSignals();
    const genAi = createGenAi(recording);
    const asyncInvoke = async (tokens: number, inner: boolean): Promise<void> => {
      await Promise.resolve();
      invoke(genAi, () => inner && call(genAi, tokens), tokens);
    };
    await genAi.agentRun({ agent: { name: 'boss' } }, async (boss) => {
      await Promise.all([asyncInvoke(10, true), asyncInvoke(20, false), asyncInvoke(30, true)]);
      boss.recordOutput({ inputTokens: 60 });
    });

    const total = recording
      .spans()
      .map(({ attributes }) => Number(attributes['gen_ai.usage.input_tokens'] ?? 0))
      .reduce((all, each) => all + each, 0);
    expect(total).toBe(60);
  });
});

test('an agent at a service that fails after it told its tokens has them once', () => {
  const spans = recorded((genAi) => {
    const fail = (): void =>
      genAi.invokeAgent({ provider: 'openai', agent }, (open) => {
        open.recordOutput({ usage: { inputTokens: 100 } });
        call(genAi, 100);
        throw new Error('gone');
      });
    expect(fail).toThrow('gone');
  });

  expect(sum(spans)).toBe(100);
});

test('calls inside an agent at a service belong to the conversation that it was given', () => {
  const spans = recorded((genAi) => {
    genAi.invokeAgent({ provider: 'openai', agent, conversationId: 'c-1' }, () => call(genAi, 1));
  });

  expect(spans.get('chat m')).toMatchObject({ 'gen_ai.conversation.id': 'c-1' });
});

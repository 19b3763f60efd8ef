import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGenAi, type GenAi, inCurrentNames } from '../src/index.ts';
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

import {
  ATTR_LLM_OTEL_TRACE_COST_MICRO_USD,
  ATTR_LLM_OTEL_TRACE_TOKENS,
  normaliseDialects,
  withPrices,
} from '@llm-otel/llm-conventions';
import type { ReadableSpan } from '@llm-otel/core';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { child, span } from '../test/spans.ts';
import { stageProcessor, traceTotals, type TraceTotalsOptions } from './index.ts';
import { ATTR_TRACE_COST_MICRO_USD, ATTR_TRACE_TOKENS } from './policy/index.ts';

const call = (traceId: string, more: Record<string, unknown> = {}): ReadableSpan =>
  child({
    traceId,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'llm_otel.cost.micro_usd': 7,
      ...more,
    },
  });

function setUp(options?: TraceTotalsOptions): {
  end: (span: ReadableSpan) => void;
  totals: () => unknown[][];
  attributes: () => Record<string, unknown>[];
  close: () => void;
} {
  const passed: ReadableSpan[] = [];
  const stage = traceTotals(options)(
    { onEnd: (one) => passed.push(one) },
    { sampledOut: () => undefined, dropped: () => undefined },
  );
  return {
    end: (one) => stage.onEnd(one),
    attributes: () => passed.map((one) => one.attributes),
    totals: () =>
      passed.map(({ attributes }) => [
        attributes[ATTR_TRACE_TOKENS],
        attributes[ATTR_TRACE_COST_MICRO_USD],
      ]),
    close: () => stage.close?.(),
  };
}

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const nothing = [undefined, undefined];

describe('totals of a trace', () => {
  test('are on its local root, and nowhere else', () => {
    const { end, totals } = setUp();
    end(call(A));
    end(call(B));
    end(call(A, { 'gen_ai.usage.output_tokens': 'many' }));
    end(span({ traceId: A, attributes: { 'app.kept': true } }));
    end(span({ traceId: B, parent: { isRemote: true } }));

    expect(totals()).toEqual([nothing, nothing, nothing, [220, 14], [120, 7]]);
  });

  test('sums on agents and workflows do not count again, and a root that is a call itself counts', () => {
    const { end, totals } = setUp();
    end(call(A, { 'gen_ai.operation.name': 'invoke_agent' }));
    end(span({ traceId: A, attributes: call(A).attributes }));

    expect(totals().at(-1)).toEqual([120, 7]);
  });

  test('a cost is the exact sum of what this process priced, rounded once', () => {
    const { end, totals } = setUp();
    const prices = withPrices(
      [
        {
          provider: 'openai',
          model: 'tiny',
          source: 'test',
          prices: [{ from: '2000-01-01', input: 4000, output: 0 }],
        },
      ],
      { version: 'test' },
    );
    const normalise = normaliseDialects({ prices })(
      { onEnd: end },
      { sampledOut: () => undefined, dropped: () => undefined },
    );
    // 0.4 millionths of a dollar each, which is 0 as a whole number.
    for (let index = 0; index < 5; index++)
      normalise.onEnd(
        child({
          traceId: A,
          attributes: {
            'gen_ai.operation.name': 'chat',
            'gen_ai.provider.name': 'openai',
            'gen_ai.request.model': 'tiny',
            'gen_ai.usage.input_tokens': 100,
            'gen_ai.usage.output_tokens': 0,
          },
          start: Date.UTC(2026, 0),
        }),
      );
    end(span({ traceId: A }));

    expect(totals().at(-1)).toEqual([500, 2]);
  });

  test('what no call told is left out, and a sum that lacks calls says so', () => {
    const { end, attributes } = setUp();
    const unknown = { 'llm_otel.cost.micro_usd': undefined };
    const silent = {
      ...unknown,
      'gen_ai.usage.input_tokens': undefined,
      'gen_ai.usage.output_tokens': undefined,
    };
    const rootOf = (...calls: ReadableSpan[]): Record<string, unknown> => {
      for (const one of calls) end(one);
      end(span({ traceId: A }));
      return attributes().at(-1) ?? {};
    };

    expect(rootOf(call(A, unknown))).toEqual({ 'llm_otel.trace.tokens': 120 });
    expect(rootOf(call(A, silent))).toEqual({});
    expect(rootOf(call(A), call(A, unknown))).toEqual({
      'llm_otel.trace.tokens': 240,
      'llm_otel.trace.cost.micro_usd': 7,
      'llm_otel.trace.partial': ['cost'],
    });
    expect(rootOf(call(A), call(A, silent))).toMatchObject({
      'llm_otel.trace.partial': ['tokens', 'cost'],
    });
    // Neither a tool nor a call that failed before it used anything is missing.
    const tool = call(A, { ...silent, 'gen_ai.operation.name': 'execute_tool' });
    const failed = { ...call(A, silent), status: { code: 2 } };
    expect(rootOf(call(A), tool, failed)).toEqual({
      'llm_otel.trace.tokens': 120,
      'llm_otel.trace.cost.micro_usd': 7,
    });
  });

  test('a trace without model calls is passed on as it is', () => {
    const { end, totals } = setUp();
    const root = span({ traceId: A });
    end(root);

    expect(totals()).toEqual([nothing]);
  });

  test('the trace that began first is forgotten where there are too many', () => {
    const { end, totals, close } = setUp({ maxTraces: 2 });
    for (const traceId of [A, B, 'c'.repeat(32)]) end(call(traceId));
    for (const traceId of [A, B]) end(span({ traceId }));
    expect(totals().slice(-2)).toEqual([nothing, [120, 7]]);

    close();
    end(span({ traceId: 'c'.repeat(32) }));
    expect(totals().at(-1)).toEqual(nothing);
  });

  test('a span that cannot be read goes on', () => {
    const { end, totals } = setUp();
    const hostile = { ...span(), spanContext: () => undefined as never };
    end(hostile);

    expect(totals()).toHaveLength(1);
  });
});

test('the names are those of the conventions', () => {
  expect(ATTR_TRACE_TOKENS).toBe(ATTR_LLM_OTEL_TRACE_TOKENS);
  expect(ATTR_TRACE_COST_MICRO_USD).toBe(ATTR_LLM_OTEL_TRACE_COST_MICRO_USD);
});

test('in front of a stock processor', async () => {
  const exporter = new InMemorySpanExporter();
  const processor = stageProcessor(traceTotals())(new SimpleSpanProcessor({ exporter }));
  const provider = new TracerProvider({ spanProcessors: [processor] });
  provider
    .getTracer('test')
    .startSpan('root', { attributes: call(A).attributes })
    .end();
  await provider.forceFlush();

  expect(exporter.getFinishedSpans()[0]?.attributes).toMatchObject({
    'llm_otel.trace.tokens': 120,
  });
  await provider.shutdown();
});

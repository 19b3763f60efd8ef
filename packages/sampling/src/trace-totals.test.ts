import {
  ATTR_LLM_OTEL_TRACE_COST_MICRO_USD,
  ATTR_LLM_OTEL_TRACE_TOKENS,
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
  close: () => void;
} {
  const passed: ReadableSpan[] = [];
  const stage = traceTotals(options)(
    { onEnd: (one) => passed.push(one) },
    { sampledOut: () => undefined, dropped: () => undefined },
  );
  return {
    end: (one) => stage.onEnd(one),
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

import { context, type Span, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@llm-otel/core';
import {
  countForeignCalls,
  createGenAi,
  type GenAi,
  type InferenceResponse,
  normaliseDialects,
} from '@llm-otel/llm-conventions';
import { recordSpans, type SpanRecorder } from '@llm-otel/testing';
import { type AgentTracing, createAgentTracing } from '../src/index.ts';

export interface ForeignApplication {
  readonly agents: AgentTracing;
  readonly genAi: GenAi;
  readonly recorder: SpanRecorder;
  /** Of the instrumentation of somebody else. */
  readonly foreign: Tracer;
}

/** An application in which another library records model calls as well. The test takes its context manager down. */
export function foreignApplication(): ForeignApplication {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const recorder = recordSpans();
  const provider = new TracerProvider({ spanProcessors: [countForeignCalls()(recorder)] });
  // As an application does that has one tracer for all.
  const tracer = provider.getTracer('application');
  const genAi = createGenAi({ tracer });
  const agents = createAgentTracing({ tracer, genAi });
  return { agents, genAi, recorder, foreign: provider.getTracer('openinference') };
}

/** What most calls of these tests ask, and what they use. */
export const request = { provider: 'openai', model: 'gpt-5-mini' } as const;
export const usage = { inputTokens: 60, outputTokens: 40 };

export const INPUT = 'gen_ai.usage.input_tokens';
export const OUTPUT = 'gen_ai.usage.output_tokens';
export const COST = 'llm_otel.cost.micro_usd';

/** What a client that is observed by us does for a request. */
export function observed(
  { genAi }: ForeignApplication,
  id?: string,
  answer: InferenceResponse = { usage },
): void {
  const call = genAi.startInference(request);
  call.recordResponse({ id, ...answer });
  call.end();
}

/** A span as another library begins it for a client that is asked. */
export function callOfAnother(tracer: Tracer, model: string): Span {
  return tracer.startSpan('call', {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': model,
    },
  });
}

/** What leaves the pipeline. */
export function exported({ recorder }: ForeignApplication): ReadableSpan[] {
  const spans: ReadableSpan[] = [];
  const report = { sampledOut() {}, dropped() {} };
  const stage = normaliseDialects()({ onEnd: (span) => void spans.push(span) }, report);
  for (const span of recorder.spans) stage.onEnd(span);
  return spans;
}

export function sumOf(spans: readonly ReadableSpan[], name: string): number {
  return spans.reduce((sum, { attributes }) => sum + Number(attributes[name] ?? 0), 0);
}

import { context, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { countForeignCalls, createGenAi, type GenAi } from '@llm-otel/llm-conventions';
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

import { Annotation, StateGraph } from '@langchain/langgraph';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans } from '@llm-otel/testing';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { TracerProvider as TracerProvider2 } from 'sdk-trace-2-12';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLangChainHandler } from '../src/index.ts';
import { spanLines } from './lines.ts';
import { modelFor } from './model-for.ts';

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

const recorder = recordSpans();
const options = { spanProcessors: [recorder] };
const State = Annotation.Root({ question: Annotation<string>() });

test.each([
  ['2.12', new TracerProvider2(options as never).getTracer('test')],
  ['3.1', new TracerProvider(options).getTracer('test')],
])('OpenTelemetry %s', async (_line, tracer) => {
  recorder.clear();
  const model = await modelFor([{ text: 'hello' }], () => tracer.startSpan('POST').end());
  const graph = new StateGraph(State)
    .addNode('ask', async (_state, config) => {
      await model.invoke('hi', config);
      return {};
    })
    .addEdge('__start__', 'ask')
    .compile();

  await graph.invoke({ question: 'q' }, { callbacks: [createLangChainHandler({ tracer })] });

  const lines = spanLines(recorder);
  expect(lines.toSorted()).toEqual(
    ['invoke_workflow', '  step ask', '    chat gpt-5-mini', '    POST'].toSorted(),
  );
  const ours = recorder.spans.filter(({ name }) => name !== 'POST');
  expect(ours.flatMap((span) => checkConformance(span).errors)).toEqual([]);
});

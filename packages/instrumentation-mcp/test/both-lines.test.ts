import { createGenAi } from '@llm-otel/llm-conventions';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans } from '@llm-otel/testing';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { TracerProvider as TracerProvider2 } from 'sdk-trace-2-12';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainSpan, spanLines } from './contract/plain-span.ts';
import { observedPair, sdk1 } from './pair.ts';

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

const recorder = recordSpans();
const options = { spanProcessors: [recorder] };

test.each([
  ['2.12', new TracerProvider2(options as never).getTracer('test')],
  ['3.1', new TracerProvider(options).getTracer('test')],
])('OpenTelemetry %s', async (_line, tracer) => {
  const { call } = await observedPair(sdk1, { tracer });
  recorder.clear();

  await createGenAi({ tracer }).tool({ name: 'refuse' }, () =>
    call({ name: 'refuse', arguments: {} }),
  );
  await call({ name: 'sample', arguments: {} });

  expect(spanLines(recorder.spans.map((span) => plainSpan(span)))).toEqual([
    'execute_tool refuse ! tool_error',
    '  server tools/call refuse ! tool_error',
    'client tools/call sample',
    '  server tools/call sample',
    '    client sampling/createMessage',
    '      server sampling/createMessage',
  ]);
  expect(recorder.spans.flatMap((span) => checkConformance(span).errors)).toEqual([]);
});

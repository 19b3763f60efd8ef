import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { recordSpans, startModelEmulator } from '@llm-otel/testing';
import { collectGarbageUntil, expectedFacts, factsOf, runCase } from '@llm-otel/tooling/contract';
import { TracerProvider as TracerProvider2 } from 'sdk-trace-2-12';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { instrument } from '../src/index.ts';
import { unwrapClasses } from '../src/wrap-classes.ts';
import { cases } from './contract/cases.ts';
import { lines } from './contract/lines.ts';

const recorder = recordSpans();

beforeAll(() => {
  // The contract itself runs with 3.1.
  const provider = new TracerProvider2({ spanProcessors: [recorder] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  for (const line of lines) unwrapClasses(line.core);
  recorder.clear();
});
afterAll(() => {
  trace.disable();
  context.disable();
});

describe.each(lines)('$name with OpenTelemetry 2.12', (line) => {
  test.each(cases.filter(({ on }) => on?.(line) ?? true))('$name', async (contractCase) => {
    const expected = contractCase.spansOn?.(line) ?? contractCase.spans;
    await runCase(
      contractCase,
      line,
      async (scripts) => {
        const emulator = await startModelEmulator({ scripts });
        return Object.assign(emulator, { baseURL: emulator.openAiBaseUrl });
      },
      (client) => {
        instrument(client.core);
        return client;
      },
      async () => {
        if (expected.some(({ atCollection }) => atCollection))
          await collectGarbageUntil(() => recorder.openSpans.length === 0);
      },
    );

    expect(recorder.openSpans).toEqual([]);
    expect(recorder.spans.map((span) => factsOf(span, recorder.spans))).toEqual(
      expected.map((span) => expect.objectContaining(expectedFacts(span))),
    );
  });
});

import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans, startModelEmulator } from '@llm-otel/testing';
import { contractTests } from '@llm-otel/tooling/contract';
import { instrument } from '../src/index.ts';
import { cases } from './contract/cases.ts';
import { lines } from './contract/lines.ts';

contractTests({
  cases,
  lines,
  async start(scripts) {
    const emulator = await startModelEmulator({ scripts });
    return Object.assign(emulator, { baseURL: emulator.geminiBaseUrl });
  },
  telemetry() {
    const recorder = recordSpans();
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [recorder] }));
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    return Object.assign(recorder, {
      [Symbol.dispose]() {
        trace.disable();
        context.disable();
      },
    });
  },
  instrument: (client) => instrument(client),
  problems: (span) => checkConformance(span).errors,
  scoreboard: {
    file: `${import.meta.dirname}/../../../docs/scoreboard-google-genai.md`,
    client: '@google/genai',
    test: 'packages/instrumentation-google-genai/test/contract.test.ts',
  },
  comparison: `${import.meta.dirname}/../README.md`,
});

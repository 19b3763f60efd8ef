import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans, startModelEmulator } from '@llm-otel/testing';
import { contractTests } from '@llm-otel/tooling/contract';
import { aiSdkTracer, instrumentAiSdk } from '../src/index.ts';
import { cases } from './contract/cases.ts';
import { lines } from './contract/lines.ts';

let takeBack: () => void = () => undefined;

contractTests({
  cases,
  lines,
  async start(scripts) {
    const emulator = await startModelEmulator({ scripts });
    return Object.assign(emulator, { baseURL: emulator.openAiBaseUrl });
  },
  telemetry() {
    const recorder = recordSpans();
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [recorder] }));
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    return Object.assign(recorder, {
      [Symbol.dispose]() {
        takeBack();
        trace.disable();
        context.disable();
      },
    });
  },
  instrument(client) {
    if (client.major === 7) {
      takeBack = instrumentAiSdk();
      return client;
    }
    const tracer = aiSdkTracer();
    const settings = { isEnabled: true, functionId: 'desk', tracer };
    return { ...client, telemetry: { experimental_telemetry: settings } };
  },
  isExpected: () => true,
  problems: (span) => checkConformance(span).errors,
  scoreboard: {
    file: `${import.meta.dirname}/../../../docs/scoreboard-ai-sdk.md`,
    client: 'ai',
    test: 'packages/instrumentation-ai-sdk/test/contract.test.ts',
    right: [
      'each run, model call, tool and embedding has exactly one span below the right parent, which ended once, with the right status, error type, tokens,',
      'finish reasons and retries, and which keeps every rule of the conventions. The spans of a run that is left or never read end when it is garbage.',
    ],
  },
  comparison: `${import.meta.dirname}/../README.md`,
});

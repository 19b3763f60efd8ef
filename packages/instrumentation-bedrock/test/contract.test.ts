import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans, startModelEmulator } from '@llm-otel/testing';
import { contractTests } from '@llm-otel/tooling/contract';
import { instrument } from '../src/index.ts';
import { cases } from './contract/cases.ts';
import { lines } from './contract/lines.ts';

/** They differ from one call of the same client to the next. */
const volatile = /^(:authority|authorization|amz-sdk-invocation-id|x-amz-date|traceparent)$/;

contractTests({
  cases,
  lines,
  async start(scripts) {
    const emulator = await startModelEmulator({ scripts });
    return {
      baseURL: emulator.url,
      get requests() {
        return emulator.requests.map(({ path, body, headers }) => ({
          path,
          body,
          headers: Object.fromEntries(
            Object.entries(headers).filter(([name]) => !volatile.test(name)),
          ),
        }));
      },
      [Symbol.asyncDispose]: () => emulator.close(),
    };
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
  // Asked for of every call of Bedrock, also of one that has no guardrail.
  problems: (span) =>
    checkConformance(span).errors.filter(
      ({ attribute }) => attribute !== 'aws.bedrock.guardrail.id',
    ),
  scoreboard: {
    file: `${import.meta.dirname}/../../../docs/scoreboard-bedrock.md`,
    client: '@aws-sdk/client-bedrock-runtime',
    test: 'packages/instrumentation-bedrock/test/contract.test.ts',
  },
});

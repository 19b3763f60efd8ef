import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans } from '@llm-otel/testing';
import { contractTests } from '@llm-otel/tooling/contract';
import { instrument } from '../src/index.ts';
import { cases } from './contract/cases.ts';
import { lines } from './contract/lines.ts';
import { serve } from './contract/serve.ts';

contractTests({
  cases,
  lines,
  start: serve,
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
  comparison: `${import.meta.dirname}/../README.md`,
});

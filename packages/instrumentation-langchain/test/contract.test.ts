import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans, startModelEmulator } from '@llm-otel/testing';
import { contractTests } from '@llm-otel/tooling/contract';
import { instrument } from '../src/index.ts';
import { unwrapClasses } from '../src/wrap-classes.ts';
import { cases } from './contract/cases.ts';
import { lines } from './contract/lines.ts';

let takeBack = (): void => undefined;

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
    instrument(client.core);
    takeBack = () => unwrapClasses(client.core);
    return client;
  },
  isExpected: () => true,
  problems: ({ name, ...span }) =>
    // Chains are spans of no convention.
    /^(?:Runnable|ChatPrompt|Str|prompt$|ToolCalling)/.test(name)
      ? []
      : checkConformance({ name, ...span }).errors,
  scoreboard: {
    file: `${import.meta.dirname}/../../../docs/scoreboard-langchain.md`,
    client: '@langchain/core',
    test: 'packages/instrumentation-langchain/test/contract.test.ts',
    right: [
      'each chain, agent, graph, node, model call, tool and retriever has exactly one span below the right parent, which ended once, with the right status,',
      'error type, tokens and finish reasons, and which keeps every rule of the conventions.',
      '',
      'With `core 1` are `langchain` 1, `@langchain/langgraph` 1 and `@langchain/openai` 1; with `core 0.3` are `langchain` 0.3, `@langchain/langgraph` 0.4 and `@langchain/openai` 0.6.',
    ],
  },
  comparison: `${import.meta.dirname}/../README.md`,
});

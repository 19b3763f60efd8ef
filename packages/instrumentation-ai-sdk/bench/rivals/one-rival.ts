import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { type ModelScript, recordSpans, startModelEmulator } from '@llm-otel/testing';
import { type ContractServer, runCase } from '@llm-otel/tooling/contract';
import { runWithRival } from '@llm-otel/tooling/rivals';
import type { Case } from '../../test/contract/calls.ts';
import { cases } from '../../test/contract/cases.ts';
import { type AiSdk, type Line, lines } from '../../test/contract/lines.ts';
import { folder, rivals } from './rivals.ts';

async function serve(scripts: readonly ModelScript[]): Promise<ContractServer> {
  const emulator = await startModelEmulator({ scripts });
  return Object.assign(emulator, { baseURL: emulator.openAiBaseUrl });
}

await runWithRival<AiSdk, Line, Case>({
  cases,
  rivals,
  load: folder.load,
  telemetry(first) {
    const recorder = recordSpans();
    const spanProcessors = [...(first === undefined ? [] : [first as never]), recorder];
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }));
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    return recorder;
  },
  line: (name) => lines.find((line) => line.name === name)!,
  run: (contractCase, line, observe, beforeClose) =>
    runCase(contractCase, line, serve, observe, beforeClose),
});

import { createRequire } from 'node:module';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { type ModelScript, recordSpans, startModelEmulator } from '@llm-otel/testing';
import { type ContractServer, runCase } from '@llm-otel/tooling/contract';
import { runWithRival } from '@llm-otel/tooling/rivals';
import type OpenAI from 'openai';
import { type Case, cases } from '../../test/contract/cases.ts';
import { type Line, lineOf } from '../../test/contract/lines.ts';
import { folder, rivals } from './rivals.ts';

async function serve(scripts: readonly ModelScript[]): Promise<ContractServer> {
  const emulator = await startModelEmulator({ scripts });
  return Object.assign(emulator, { baseURL: emulator.openAiBaseUrl });
}

await runWithRival<OpenAI, Line, Case>({
  cases,
  rivals,
  load: folder.load,
  telemetry() {
    const recorder = recordSpans();
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [recorder] }));
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    return recorder;
  },
  line: (name) =>
    lineOf(name, createRequire(import.meta.url)(name === 'openai 7' ? 'openai' : 'openai-6')),
  run: (contractCase, line, observe, beforeClose) =>
    runCase(contractCase, line, serve, observe, beforeClose),
  tools: false,
});

import { createRequire } from 'node:module';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { type ModelScript, recordSpans, startModelEmulator } from '@llm-otel/testing';
import { type ContractServer, runCase } from '@llm-otel/tooling/contract';
import { runWithRival } from '@llm-otel/tooling/rivals';
import type { GoogleGenAI } from '@google/genai';
import { cases } from '../../test/contract/cases.ts';
import { type Line, lineOf } from '../../test/contract/lines.ts';
import { folder, rivals } from './rivals.ts';

const packages = { '1.52': 'google-genai-1-52', '3.3': '@google/genai' } as const;

async function serve(scripts: readonly ModelScript[]): Promise<ContractServer> {
  const emulator = await startModelEmulator({ scripts });
  return Object.assign(emulator, { baseURL: emulator.geminiBaseUrl });
}

await runWithRival<GoogleGenAI, Line, (typeof cases)[number]>({
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
    lineOf(name, createRequire(import.meta.url)(packages[name as keyof typeof packages])),
  run: (contractCase, line, observe, beforeClose) =>
    runCase(contractCase, line, serve, observe, beforeClose),
  tools: false,
});

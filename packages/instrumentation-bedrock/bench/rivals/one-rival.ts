import { createRequire } from 'node:module';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { runCase } from '@llm-otel/tooling/contract';
import { runWithRival } from '@llm-otel/tooling/rivals';
import type { BedrockRuntime } from '@aws-sdk/client-bedrock-runtime';
import { cases } from '../../test/contract/cases.ts';
import { type Line, lineOf } from '../../test/contract/line.ts';
import { serve } from '../../test/contract/serve.ts';
import { folder, rivals } from './rivals.ts';

const packages = {
  '3.839, HTTP/2': 'bedrock-3-839',
  '3.1164, HTTP/2': '@aws-sdk/client-bedrock-runtime',
} as const;

await runWithRival<BedrockRuntime, Line, (typeof cases)[number]>({
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

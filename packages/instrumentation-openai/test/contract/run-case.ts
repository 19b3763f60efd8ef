import { setImmediate } from 'node:timers/promises';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans, type SpanRecorder, startModelEmulator } from '@llm-otel/testing';
import type OpenAI from 'openai';
import { instrument, type OpenAiOptions } from '../../src/index.ts';
import type { ContractCase } from './cases.ts';
import type { Major } from './majors.ts';
import { seen } from './seen.ts';

export interface CaseRun {
  /** What the application got: a value or an error. */
  readonly result: unknown;
  /** What the server got. */
  readonly requests: readonly unknown[];
  readonly unhandled: readonly string[];
}

/** Runs a case as the application would, with `prepare` done to the client. */
export async function runCase(
  { scripts, run, retries = 0, timeout }: ContractCase,
  major: Major,
  prepare: (client: OpenAI) => OpenAI = (client) => client,
): Promise<CaseRun> {
  await using emulator = await startModelEmulator({ scripts });
  const unhandled: string[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(String(reason));
  process.on('unhandledRejection', onUnhandled);
  try {
    const answered = Promise.withResolvers<void>();
    const client = prepare(
      major.create({
        baseURL: emulator.openAiBaseUrl,
        apiKey: 'none',
        maxRetries: retries,
        async fetch(...request) {
          const response = await fetch(...request);
          answered.resolve();
          return response;
        },
        ...(timeout !== undefined && { timeout }),
      }),
    );
    const result = await run(client, { major, answered: answered.promise }).then(
      (value) => ({ value: seen(value) }),
      (error: unknown) => ({ error: seen(error) }),
    );
    // Unhandled rejections are reported after the microtasks.
    await setImmediate();
    const requests = emulator.requests.map(({ path, body, headers }) => ({
      path,
      body,
      headers: Object.fromEntries(
        Object.entries(headers).filter(([name]) => name !== 'host' && name !== 'idempotency-key'),
      ),
    }));
    return { result, requests, unhandled };
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
}

/** {@link runCase} with an observed client. */
export async function runObserved(
  contractCase: ContractCase,
  major: Major,
  options: OpenAiOptions = {},
): Promise<CaseRun & { readonly recorder: SpanRecorder }> {
  const recorder = recordSpans();
  const provider = new TracerProvider({ spanProcessors: [recorder] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  try {
    const run = await runCase(contractCase, major, (client) => instrument(client, options));
    return { ...run, recorder };
  } finally {
    trace.disable();
    context.disable();
  }
}

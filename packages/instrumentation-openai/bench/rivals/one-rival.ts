// The cases of the contract with one release of the client, observed by one rival: `node one-rival.ts <rival> <client> <first>`,
// with `bare` for none and from the case of that number on. Prints a line of JSON for each case, so that what came before
// counts, whatever ends the process.
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { type ModelScript, recordSpans, startModelEmulator } from '@llm-otel/testing';
import {
  collectGarbageUntil,
  type CaseRun,
  type ContractServer,
  runCase,
} from '@llm-otel/tooling/contract';
import type OpenAI from 'openai';
import { OpenAiInstrumentation } from '../../src/instrumentation/index.ts';
import { cases } from '../../test/contract/cases.ts';
import { lineOf } from '../../test/contract/lines.ts';
import { type Observe, OURS, rivals, startRival } from './rivals.ts';
import { sawRightly } from './saw-rightly.ts';

/** What one case came to. */
export interface CaseOutcome {
  readonly name: string;
  /** What the application and the server saw, as text. */
  readonly run: string;
  /** The application got an answer: no error, no end of waiting, and no rejection that nobody handles. */
  readonly answered: boolean;
  readonly spans: boolean;
}

/** Longer than any case takes: a call that hangs is a difference. */
const PATIENCE_MILLIS = 5000;
const HUNG: CaseRun = { result: { hung: true }, requests: [], unhandled: [] };

const [observer = '', clientPackage = '', first = '0'] = process.argv.slice(2);
const recorder = recordSpans();
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [recorder] }));
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

const observe = startObserver();
// Required, so that those that patch what is loaded see it.
const line = lineOf(clientPackage, createRequire(import.meta.url)(clientPackage));

function startObserver(): Observe {
  if (observer === OURS) void new OpenAiInstrumentation();
  const rival = rivals.find(({ name }) => name === observer);
  return rival === undefined ? (client) => client : startRival(rival);
}

async function serve(scripts: readonly ModelScript[]): Promise<ContractServer> {
  const emulator = await startModelEmulator({ scripts });
  return Object.assign(emulator, { baseURL: emulator.openAiBaseUrl });
}

for (const contractCase of cases.filter(({ on }) => on?.(line) ?? true).slice(Number(first))) {
  recorder.clear();
  const run = await Promise.race([
    runCase(contractCase, line, serve, (client) => observe(client) as OpenAI),
    setTimeout(PATIENCE_MILLIS, HUNG, { ref: false }),
  ]);
  if (contractCase.spans.some(({ atCollection }) => atCollection))
    await collectGarbageUntil(() => recorder.openSpans.length === 0);
  const outcome: CaseOutcome = {
    name: contractCase.name,
    run: JSON.stringify(run),
    answered: 'value' in (run.result as object) && run.unhandled.length === 0,
    spans: sawRightly(contractCase.spans, recorder),
  };
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
process.exit(0);

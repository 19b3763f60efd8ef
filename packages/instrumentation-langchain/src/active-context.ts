import { context, type Context, createContextKey } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { overrideMember, readMember } from '@llm-otel/llm-conventions/client';

const RUN_ID = createContextKey('llm-otel.langchain-run');
const CONTEXTS = Symbol.for('llm-otel.instrumentation-langchain');
const ORIGINAL = Symbol.for('llm-otel.instrumentation-langchain.original');
/** Where LangChain keeps the storage that carries its configuration to the code it calls. */
const STORAGE = Symbol.for('ls:tracing_async_local_storage');
const CONFIG = Symbol.for('lc:child_config');

const failures = new FailureLog();

/** The context with the run it belongs to marked in it. */
export function inRun(inside: Context, runId: string): Context {
  return inside.setValue(RUN_ID, runId);
}

/** The active context, where code of the run `runId` is running: spans of the application may be in it. */
export function contextInside(runId: string): Context | undefined {
  const active = context.active();
  return active.getValue(RUN_ID) === runId ? active : undefined;
}

/** The contexts of the runs that are under way, by their id: one for the process, whichever handler started them. */
export function runContexts(): Map<string, Context> {
  const globals = globalThis as Record<symbol, unknown>;
  return (globals[CONTEXTS] ??= new Map<string, Context>()) as Map<string, Context>;
}

/**
 * Lets the functions that LangChain calls for a run (tools, lambdas, nodes of graphs) run in the context of its span.
 * Callbacks are told that a run begins; they are not around it. LangGraph and `@langchain/core/context` bring an
 * `AsyncLocalStorage` that those functions run in, with the configuration of the run in it: there the context is set,
 * for just as long. False where there is no such storage (yet).
 */
export function followStorage(): boolean {
  const storage = (globalThis as Record<symbol, unknown>)[STORAGE];
  return follow(storage, 'run', (store) => {
    const extra = readMember(store, 'extra');
    return typeof extra === 'object' && extra !== null ? Reflect.get(extra, CONFIG) : undefined;
  });
}

/** The same where that storage is asked for, which works without it: `AsyncLocalStorageProviderSingleton`. */
export function followProvider(provider: unknown): boolean {
  return follow(provider, 'runWithConfig', (config) => config);
}

/** Takes back what `followProvider` did. */
export function unfollowProvider(provider: unknown): void {
  const observed = readMember(provider, 'runWithConfig');
  if (typeof observed === 'function' && ORIGINAL in observed)
    overrideMember(provider as object, 'runWithConfig', observed[ORIGINAL]);
}

function follow(owner: unknown, name: string, configOf: (given: unknown) => unknown): boolean {
  const run = readMember(owner, name);
  if (typeof run !== 'function') return false;
  if (ORIGINAL in run) return true;
  const observed = function observed(this: unknown, given: unknown, ...args: unknown[]): unknown {
    const inside = failures.guard('following a run of LangChain', () =>
      contextFor(readMember(configOf(given), 'callbacks')),
    );
    const go = (): unknown => Reflect.apply(run, this, [given, ...args]) as unknown;
    return inside === undefined ? go() : context.with(inside, go);
  };
  overrideMember(observed, ORIGINAL, run);
  return overrideMember(owner as object, name, observed);
}

function contextFor(callbacks: unknown): Context | undefined {
  const runId = readMember(callbacks, '_parentRunId');
  // Deeper inside, the application may have spans of its own.
  return typeof runId !== 'string' || contextInside(runId) !== undefined
    ? undefined
    : runContexts().get(runId);
}

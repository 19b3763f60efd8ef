import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Environment } from '@llm-otel/core';
import { type EffectiveSettings, STARTED, STARTING } from '../../announce-start.ts';
import { hideSecrets } from './hide-secrets.ts';
import { type Preloads, withoutPreloads } from './preloads.ts';

/** What is registered in a process of the application after its telemetry has started. */
export interface ProcessFacts {
  readonly traceProvider: boolean;
  readonly contextManager: boolean;
  readonly propagator: boolean;
  /** The version of the copy of the API that registered first. */
  readonly registeredVersion: string | undefined;
  /** Whether a value set with the application's copy of the API is there after an `await`. */
  readonly contextSurvives: boolean | undefined;
  /** Whether a span of the application's copy of the API records. `undefined` where it has none. */
  readonly records: boolean | undefined;
  /** Of each client that was asked about, how many patches lie on one function of it once the application has loaded it. */
  readonly patches: Readonly<Record<string, number>>;
  /** Whether telemetry had started when the application would have begun. */
  readonly isAwaited: boolean;
  /** The line of ours that tells why telemetry did not start. */
  readonly notStarted?: string | undefined;
  /** What holds, where telemetry is ours. */
  readonly settings?: EffectiveSettings | undefined;
}

export type Probe = { readonly facts: ProcessFacts } | { readonly failed: string };

// What a function has that stands in the place of a client's: upstream's mark is a member of its own.
const OBSERVED = 'llm-otel original';
const MARK = 'llm-otel-doctor:';
const TIMEOUT_MILLIS = 30_000;
// For a start that is not ours, and tells nobody.
const PATIENCE_MILLIS = 1000;

// Before anything of the application: what a start tells can be heard only while it happens, and of a client that was
// imported too early a hook that comes later would make another one. Before Node.js 22.19 and 24.5 such a hook breaks what
// import-in-the-middle loads on its thread: there a client that came too early counts as patched.
const LISTENER = `data:text/javascript,${encodeURIComponent(`
import { subscribe } from 'node:diagnostics_channel';
import module from 'node:module';
const heard = globalThis[Symbol.for('llm-otel doctor')] = { starts: [], imported: new Map() };
const [major, minor] = process.versions.node.split('.').map(Number);
if (minor >= ({ 22: 19, 24: 5 }[major] ?? 0)) module.registerHooks({
  resolve(specifier, context, next) {
    const { imported, isAsking } = heard;
    if (isAsking && imported.has(specifier)) return { url: imported.get(specifier), shortCircuit: true };
    const found = next(specifier, context);
    const isOwn = context.conditions.includes('import') && !context.parentURL?.includes('/node_modules/');
    if (isOwn && /^[@a-z]/.test(specifier) && !imported.has(specifier)) imported.set(specifier, found.url);
    return found;
  },
});
subscribe('${STARTING}', (ended) => {
  const start = { isUnderWay: true };
  const end = (error) => Object.assign(start, { isUnderWay: false, error: error && String(error) });
  start.ended = ended.then(() => end(), end);
  heard.starts.push(start);
});
subscribe('${STARTED}', (settings) => { heard.settings = settings; });
`)}`;

// Runs in the application's process: no TypeScript, nothing of ours is imported, and the span is never ended, so that
// nothing of this is exported.
const PROBE = `
import { createRequire } from 'node:module';
const { starts } = globalThis[Symbol.for('llm-otel doctor')];
const registered = () => globalThis[Symbol.for('opentelemetry.js.api.1')] ?? {};
// As the first line of the application would find it.
const wasUnderWay = starts.some(({ isUnderWay }) => isUnderWay);
const wasRegistered = registered().trace !== undefined;
for (const { ended } of starts) await ended;
for (const until = Date.now() + ${PATIENCE_MILLIS}; starts.length === 0 && registered().trace === undefined && Date.now() < until; ) {
  await new Promise((resolve) => setTimeout(resolve, 20));
}
const registry = registered();
const isAwaited = !wasUnderWay && (wasRegistered || registry.trace === undefined);
let api;
try { api = createRequire(process.argv[1])('@opentelemetry/api'); } catch {}
let contextSurvives, records;
if (api) {
  const key = api.createContextKey('llm-otel doctor');
  contextSurvives = await api.context.with(api.ROOT_CONTEXT.setValue(key, 1), async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return api.context.active().getValue(key) === 1;
  });
  records = api.trace.getTracer('llm-otel doctor').startSpan('llm-otel doctor').isRecording();
}
// What patches a client leaves its mark on each function that it puts in the place of another, and has that one behind it.
const patchesOn = (value) => {
  let count = 0;
  for (let at = value; at && count < 9; count++) {
    const mark = Object.getOwnPropertySymbols(at).find(({ description }) => description === '${OBSERVED}');
    if (mark === undefined && at.__wrapped !== true) break;
    at = mark === undefined ? at.__original : at[mark];
  }
  return count;
};
const mostPatches = (value, depth, seen) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return 0;
  seen.add(value);
  let most = patchesOn(value);
  if (depth === 0 || most > 0) return most;
  for (const { value: inner } of Object.values(Object.getOwnPropertyDescriptors(value))) {
    most = Math.max(most, mostPatches(inner, depth - 1, seen));
  }
  return most;
};
const patches = {};
globalThis[Symbol.for('llm-otel doctor')].isAsking = true;
for (const client of process.argv.slice(3)) {
  try {
    const module = process.argv[2] === 'module' ? await import(client) : createRequire(process.argv[1])(client);
    patches[client] = mostPatches({ ...module }, 6, new Set());
  } catch {}
}
const facts = {
  traceProvider: registry.trace !== undefined,
  contextManager: registry.context !== undefined,
  propagator: registry.propagation !== undefined,
  registeredVersion: registry.version,
  contextSurvives,
  records,
  patches,
  isAwaited,
  notStarted: starts.find(({ error }) => error !== undefined)?.error,
  settings: globalThis[Symbol.for('llm-otel doctor')].settings,
};
process.stdout.write('\\n${MARK}' + JSON.stringify(facts) + '\\n', () => process.exit(0));
`;

/** Clients to be loaded as the application loads them. */
export interface ProbedClients {
  readonly type: 'module' | 'commonjs';
  readonly clients: readonly string[];
}

/** Starts a process in `root` that loads what is preloaded as the application does, and looks at what is registered. */
export function probeProcess(
  root: string,
  { modules, loaders }: Pick<Preloads, 'modules' | 'loaders'>,
  environment: Environment,
  { type, clients }: ProbedClients,
  signal: AbortSignal,
): Promise<Probe> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        ...loaders.flatMap((loader) => ['--experimental-loader', loader]),
        ...[LISTENER, ...modules].flatMap((module) => ['--import', module]),
        '--input-type=module',
        '--eval',
        PROBE,
        join(root, 'package.json'),
        type,
        ...clients,
      ],
      {
        cwd: root,
        // What it preloads comes behind the listener, too.
        env: { ...environment, NODE_OPTIONS: withoutPreloads(environment['NODE_OPTIONS']) },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: TIMEOUT_MILLIS,
        signal,
      },
    );
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error) => resolve({ failed: error.message }));
    child.on('close', (code) => {
      const line = stdout.split('\n').find((text) => text.startsWith(MARK));
      if (line !== undefined) {
        const [, told] = /telemetry did not start[^:]*: (.*)/.exec(stderr) ?? [];
        const facts = JSON.parse(line.slice(MARK.length)) as ProcessFacts;
        resolve({ facts: { ...facts, notStarted: told ?? facts.notStarted } });
        return;
      }
      // Before it is cut: half a key is not known for one.
      const told = hideSecrets(stderr);
      const reason =
        told.split('\n').find((text) => /^\w*Error\b/.test(text)) ?? told.trim().slice(0, 300);
      resolve({ failed: failureOf(code, reason) });
    });
  });
}

function failureOf(code: number | null, reason: string): string {
  if (code === null) return `no answer in ${TIMEOUT_MILLIS} ms`;
  // An error that ends a process has a code of its own: what was written may be anything.
  if (code === 0)
    return 'the process ends before the application begins (exit code 0): an await at its top level never ends, or it calls process.exit';
  return reason || `exit code ${code}`;
}

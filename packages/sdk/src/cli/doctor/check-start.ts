import type { Environment } from '@llm-otel/core';
import { createRedactor } from '@llm-otel/redaction';
import type { CheckOutcome, Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { KNOWN_CLIENTS } from './known-packages.ts';
import { isFile, moduleLoads, pathOf, specifiersOf } from './module-loads.ts';
import { COLLECTION, patchingOf } from './patching-of.ts';
import type { EffectiveSettings } from '../../announce-start.ts';
import { probeProcess, type ProcessFacts } from './probe-process.ts';

const CHECK = 'what is registered once telemetry has started';
const PRELOAD = /--import(?:=|\s+)(\S+)/;

/** What was found, and what the process told about itself. */
export interface StartOutcome extends CheckOutcome {
  readonly settings?: EffectiveSettings | undefined;
  /** The version of the copy of the API that registered first. */
  readonly registeredVersion?: string | undefined;
}

/** Starts telemetry as the application does, in a process of its own, and looks whether spans and contexts work there. */
export async function checkStart(
  installation: Installation,
  environment: Environment,
  preload: string | undefined,
  signal: AbortSignal,
): Promise<StartOutcome> {
  const module = preload ?? preloadOf(installation, environment);
  if (module === undefined) {
    return {
      check: CHECK,
      findings: [],
      skipped: 'how the application starts telemetry is not known: pass --import ./telemetry.js',
    };
  }
  const type = installation.manifest.type === 'module' ? 'module' : 'commonjs';
  const clients = patchedClients(installation, module);
  const probe = await probeProcess(
    installation.root,
    module,
    environment,
    { type, clients },
    signal,
  );
  if ('failed' in probe) {
    return {
      check: CHECK,
      findings: [
        {
          id: 'start-failed',
          severity: 'error',
          what: `node --import ${module} fails: ${redacted(probe.failed)}`,
          why: 'the application does not start with it, or runs without telemetry',
          fix: 'run the same command in the folder of the application, and correct what it says',
        },
      ],
    };
  }
  return {
    check: CHECK,
    findings: [...findingsOf(probe.facts, module), ...unpatched(probe.facts, module, type)],
    settings: probe.facts.settings,
    registeredVersion: probe.facts.traceProvider ? probe.facts.registeredVersion : undefined,
  };
}

/** Errors of the application's own code may quote what they failed at. */
function redacted(text: string): string {
  return String(createRedactor({ version: 1 }).redactDeep(text));
}

function findingsOf(facts: ProcessFacts, module: string): Finding[] {
  const {
    traceProvider,
    contextManager,
    contextSurvives,
    records,
    registeredVersion,
    notStarted,
    isAwaited,
  } = facts;
  if (!traceProvider) {
    return [
      {
        id: 'no-tracer-provider',
        severity: 'error',
        what: `after node --import ${module} no tracer provider is registered${notStarted === undefined ? '' : `: ${redacted(notStarted)}`}`,
        why: 'every span is a no-op, and nothing says so',
        fix: 'start telemetry there and await it: await startTelemetry(), or import @llm-otel/sdk/register',
      },
    ];
  }
  const findings: Finding[] = [];
  if (!isAwaited) {
    findings.push({
      id: 'start-not-awaited',
      severity: 'note',
      what: `${module} does not wait for the start of telemetry`,
      why: 'spans that begin before it has ended are not recorded',
      fix: 'await startTelemetry() at the top level of an ES module, or use node --import @llm-otel/sdk/register; in CommonJS begin the work after it',
    });
  }
  if (records === false) {
    findings.push({
      id: 'spans-do-not-record',
      severity: 'error',
      what: `a tracer provider is registered (API ${registeredVersion ?? 'of an unknown version'}), and a span of the application does not record`,
      why: "the application's copy of @opentelemetry/api does not see that provider, or a sampler drops everything",
      fix: 'npm ls @opentelemetry/api must show one version; otherwise look at OTEL_TRACES_SAMPLER',
    });
  }
  if (!contextManager || contextSurvives === false) {
    findings.push({
      id: 'no-context-manager',
      severity: 'error',
      what: contextManager
        ? 'a context that is set is gone after an await'
        : 'no context manager is registered',
      why: 'no span has a parent: each call is a trace of its own, and logs have no trace id',
      fix: 'register AsyncLocalStorageContextManager of @opentelemetry/context-async-hooks, as @llm-otel/sdk does',
    });
  }
  return findings;
}

/** Clients whose main module something patches while it is loaded. */
function patchedClients({ manifest, resolve, root }: Installation, module: string): string[] {
  const wanted = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  wanted.delete(COLLECTION);
  const loads = isFile(module) ? moduleLoads(pathOf(root, module)) : [];
  const loaded = new Set([module, ...specifiersOf(loads)]);
  return KNOWN_CLIENTS.filter(
    ({ name, isPatchedInMain = false }) =>
      isPatchedInMain &&
      resolve(name) !== undefined &&
      patchingOf(name, wanted, loaded) !== undefined,
  ).map(({ name }) => name);
}

function unpatched(
  { patched }: ProcessFacts,
  module: string,
  type: 'module' | 'commonjs',
): Finding[] {
  return Object.entries(patched).flatMap(([client, isPatched]): Finding[] =>
    isPatched
      ? []
      : [
          {
            id: 'client-not-patched',
            severity: 'error',
            what: `after node --import ${module}, ${client} is loaded as ${type === 'module' ? 'an ES module' : 'CommonJS'} and nothing in it is patched`,
            why: 'its calls make no spans: the instrumentation is not registered, does not know this version, or does not see how the client is loaded',
            fix:
              type === 'module'
                ? `register the instrumentation in ${module}, and the hook for ES modules before it: register('@opentelemetry/instrumentation/hook.mjs', import.meta.url) of node:module`
                : `register the instrumentation in ${module}, in a version that knows the installed ${client}`,
          },
        ],
  );
}

function preloadOf({ manifest }: Installation, environment: Environment): string | undefined {
  const texts = [environment['NODE_OPTIONS'], ...Object.values(manifest.scripts ?? {})];
  for (const text of texts) {
    const [, module] = PRELOAD.exec(text ?? '') ?? [];
    if (module !== undefined) return module;
  }
  return undefined;
}

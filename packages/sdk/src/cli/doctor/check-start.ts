import type { Environment } from '@llm-otel/core';
import type { CheckOutcome, Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { KNOWN_CLIENTS } from './known-packages.ts';
import { isFile, moduleLoads, pathOf, specifiersOf } from './module-loads.ts';
import { COLLECTION, patchingOf } from './patching-of.ts';
import type { EffectiveSettings } from '../../announce-start.ts';
import type { Preloads } from './preloads.ts';
import { probeProcess, type ProcessFacts } from './probe-process.ts';

const CHECK = 'what is registered once telemetry has started';

/** What was found, and what the process told about itself. */
export interface StartOutcome extends CheckOutcome {
  readonly settings?: EffectiveSettings | undefined;
  /** The version of the copy of the API that registered first. */
  readonly registeredVersion?: string | undefined;
  /** Of the clients that were looked at, how many patches lie on one function. */
  readonly patches?: ProcessFacts['patches'] | undefined;
}

/** Starts telemetry as the application does, in a process of its own, and looks whether spans and contexts work there. */
export async function checkStart(
  installation: Installation,
  environment: Environment,
  preloads: Preloads,
  entry: string | undefined,
  signal: AbortSignal,
): Promise<StartOutcome> {
  const { telemetry } = preloads;
  if (telemetry.length === 0) {
    return {
      check: CHECK,
      findings: [],
      skipped: 'how the application starts telemetry is not known: pass --import ./telemetry.js',
    };
  }
  // As a person would write it.
  const module = telemetry.join(' --import ');
  const type = formatOf(entry, installation);
  const clients = patchedClients(installation, telemetry);
  const probe = await probeProcess(
    installation.root,
    preloads,
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
          what: `node --import ${module} fails: ${probe.failed}`,
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
    patches: probe.facts.patches,
  };
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
        what: `after node --import ${module} no tracer provider is registered${notStarted === undefined ? '' : `: ${notStarted}`}`,
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
function patchedClients(
  { manifest, resolve, root }: Installation,
  preloads: readonly string[],
): string[] {
  const wanted = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  wanted.delete(COLLECTION);
  const loads = preloads.filter(isFile).flatMap((module) => moduleLoads(pathOf(root, module)));
  const loaded = new Set([...preloads, ...specifiersOf(loads)]);
  return KNOWN_CLIENTS.filter(
    ({ name, isPatchedInMain = false }) =>
      isPatchedInMain &&
      resolve(name) !== undefined &&
      patchingOf(name, wanted, loaded) !== undefined,
  ).map(({ name }) => name);
}

/** How the application loads its clients. */
function formatOf(entry: string | undefined, { manifest }: Installation): 'module' | 'commonjs' {
  if (/\.m[jt]s$/.test(entry ?? '')) return 'module';
  if (/\.c[jt]s$/.test(entry ?? '')) return 'commonjs';
  return manifest.type === 'module' ? 'module' : 'commonjs';
}

function unpatched(
  { patches, traceProvider }: ProcessFacts,
  module: string,
  type: 'module' | 'commonjs',
): Finding[] {
  // Where nothing has started, that is what is to be told.
  if (!traceProvider) return [];
  return Object.entries(patches).flatMap(([client, count]): Finding[] =>
    count > 0
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

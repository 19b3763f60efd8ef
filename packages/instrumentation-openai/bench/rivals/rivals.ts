import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type MeterProvider, metrics, trace, type TracerProvider } from '@opentelemetry/api';

/** Observes the client of the next `require('openai')`, or a client that is handed over. */
export type Observe = (client: object) => object;

/** A package of npm that observes the `openai` client, switched on as its README says. */
export interface Rival {
  readonly name: string;
  readonly version: string;
  /** Its spans do not go to the tracer provider of the process, so they are not judged. */
  readonly ownSpans?: boolean;
  /** Runs before the client is loaded. */
  readonly start: (module: unknown) => Observe;
}

/** Ours, in the same table. */
export const OURS = '@llm-otel/instrumentation-openai';

const sameClient: Observe = (client) => client;

/** What `registerInstrumentations` does with one. */
interface Instrumentation {
  setTracerProvider(provider: TracerProvider): void;
  setMeterProvider(provider: MeterProvider): void;
}

/** The standard class, which patches the library when that is required. */
function instrumentation(name: string): Rival['start'] {
  return (module) => {
    const Class = (module as Record<string, new () => Instrumentation>)[name]!;
    const made = new Class();
    made.setTracerProvider(trace.getTracerProvider());
    made.setMeterProvider(metrics.getMeterProvider());
    return sameClient;
  };
}

/** A function that wraps a client. */
function wrapper(name: string): Rival['start'] {
  return (module) => (module as Record<string, Observe>)[name]!;
}

export const rivals: readonly Rival[] = [
  {
    name: '@opentelemetry/instrumentation-openai',
    version: '0.22.0',
    start: instrumentation('OpenAIInstrumentation'),
  },
  {
    name: '@traceloop/instrumentation-openai',
    version: '0.27.0',
    start: instrumentation('OpenAIInstrumentation'),
  },
  {
    name: '@arizeai/openinference-instrumentation-openai',
    version: '4.2.7',
    start: instrumentation('OpenAIInstrumentation'),
  },
  {
    name: 'openlit',
    version: '1.15.0',
    start(module) {
      type Openlit = { readonly default: { init(options: object): void } };
      // The spans go to the tracer provider of this process, as those of all others.
      (module as Openlit).default.init({ disableMetrics: true, instrumentations: ['openai'] });
      return sameClient;
    },
  },
  { name: '@langfuse/openai', version: '5.11.1', start: wrapper('observeOpenAI') },
  {
    name: '@sentry/node',
    version: '11.12.0',
    ownSpans: true,
    start: wrapper('instrumentOpenAiClient'),
  },
];

const folder = join(import.meta.dirname, '../../.cache/rivals');
const requireRival = createRequire(join(folder, 'package.json'));

/** Installed for the comparison and nothing else: exact versions, no scripts, in a folder that git does not keep. */
export function installRivals(): void {
  const missing = rivals.filter(({ name }) => !existsSync(join(folder, 'node_modules', name)));
  if (missing.length === 0) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  // Some of them cannot be installed beside each other, or beside OpenTelemetry 3, without this.
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
  const packages = rivals.map(({ name, version }) => `${name}@${version}`);
  execFileSync('npm', ['install', ...options, ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export function startRival({ name, start }: Rival): Observe {
  return start(requireRival(name));
}

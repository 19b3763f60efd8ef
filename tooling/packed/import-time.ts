import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './median.ts';
import { cleanEnvironment, runCommand } from './run-command.ts';

// What an application on the bare SDK loads to get a tracer that keeps its context: the same pieces that
// startTelemetry() ends up loading. No exporter on either side, which is to our disadvantage: ours has one.
const BARE = `
const [{ trace, context }, { TracerProvider }, { AsyncLocalStorageContextManager }] = await Promise.all([
  import('@opentelemetry/api'),
  import('@opentelemetry/sdk-trace'),
  import('@opentelemetry/context-async-hooks'),
]);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider({}));
`;

// The SDK is loaded by the start, so the import alone would flatter. Nobody listens at the address.
const OURS = `
const { startTelemetry } = await import('@llm-otel/sdk');
const telemetry = await startTelemetry({ serviceName: 'import-time', endpoint: 'http://127.0.0.1:9' });
if (!telemetry.enabled) throw new Error('telemetry did not start');
`;

const OURS_IMPORT_ONLY = `await import('@llm-otel/sdk');\n`;

/** Medians in milliseconds, each over fresh processes. */
export interface ImportTimes {
  readonly bare: number;
  readonly ours: number;
  readonly importOnly: number;
  readonly processes: number;
}

/** Times a cold import and start of the bare SDK and of ours, in fresh processes that take turns. */
export async function measureImportTimes(folder: string, processes = 15): Promise<ImportTimes> {
  const scripts = { bare: BARE, ours: OURS, importOnly: OURS_IMPORT_ONLY };
  const times = { bare: [] as number[], ours: [] as number[], importOnly: [] as number[] };
  const names = Object.keys(scripts) as (keyof typeof scripts)[];
  for (const name of names) writeFileSync(join(folder, `${name}.mjs`), timed(scripts[name]));
  // One round to warm the disk cache, then in turns, so that a busy machine slows all of them alike.
  for (let round = -1; round < processes; round++) {
    for (const name of names) {
      const millis = await timeOf(folder, `${name}.mjs`);
      if (round >= 0) times[name].push(millis);
    }
  }
  return {
    bare: median(times.bare),
    ours: median(times.ours),
    importOnly: median(times.importOnly),
    processes,
  };
}

function timed(script: string): string {
  // exit() and not a return: what telemetry does at the end of a process is not part of its start.
  return `const start = performance.now();\n${script}
process.stdout.write('millis ' + (performance.now() - start), () => process.exit(0));\n`;
}

async function timeOf(folder: string, file: string): Promise<number> {
  const { stdout } = await runCommand(process.execPath, [file], {
    cwd: folder,
    env: cleanEnvironment(process.env),
    timeoutMillis: 30_000,
  });
  const millis = Number(/millis ([\d.]+)/.exec(stdout)?.[1]);
  if (!Number.isFinite(millis)) throw new Error(`${file} printed no time: ${stdout}`);
  return millis;
}

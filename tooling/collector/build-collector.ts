import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Progress } from '../bootstrap/progress.mjs';
import { runQuietly } from '../run/command.ts';
import { builderConfig, type Manifest } from './manifest.ts';

export interface BuildInput {
  readonly manifest: Manifest;
  /** The file that the binary becomes. It is there only once it is complete. */
  readonly target: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const builderModule = 'go.opentelemetry.io/collector/cmd/builder';
const minute = 60_000;
/** It keeps all cores busy for minutes; whoever works on the machine goes first. */
const politely = process.platform === 'win32' ? [] : ['nice', '-n', '5'];

/**
 * Builds the Collector of the manifest from Go modules, with the Collector's own builder. Takes 3 to 5 minutes on two
 * cores where Go has nothing in its caches.
 * @throws with the output of the step that failed
 */
export async function buildCollector(input: BuildInput): Promise<void> {
  const { manifest, target } = input;
  const work = mkdtempSync(join(tmpdir(), 'llm-otel-collector-'));
  const sources = join(work, 'sources');
  const config = join(work, 'manifest.yaml');
  const built = join(work, manifest.name);
  writeFileSync(config, builderConfig(manifest, sources));
  try {
    const go = (
      name: string,
      args: readonly string[],
      options: StepOptions = {},
    ): Promise<string> => step(input, name, ['go', ...args], { cwd: work, ...options });

    await go('getting the builder', ['install', `${builderModule}@v${manifest.version}`], {
      env: { GOBIN: work },
    });
    await step(
      input,
      'getting the modules',
      [join(work, 'builder'), '--config', config, '--skip-compilation'],
      {
        cwd: work,
      },
    );
    const packages = await go('counting the packages', ['list', '-deps', '.'], { cwd: sources });
    const total = packages.trim().split('\n').length;
    await go(
      `compiling up to ${total} packages`,
      ['build', '-v', '-trimpath', '-ldflags=-s -w', '-o', built, '.'],
      { cwd: sources, timeoutMillis: 40 * minute, counted: total },
    );
    mkdirSync(dirname(target), { recursive: true });
    moveInto(built, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface StepOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMillis?: number;
  /** How many lines of output there will be at most. */
  readonly counted?: number;
}

/** Returns what the command wrote to its standard output. */
async function step(
  { progress, signal }: BuildInput,
  name: string,
  command: readonly string[],
  { cwd = tmpdir(), env = {}, timeoutMillis = 15 * minute, counted }: StepOptions,
): Promise<string> {
  let lines = 0;
  progress.step(name);
  const { code, output, stdout } = await runQuietly([...politely, ...command], {
    cwd,
    signal,
    timeoutMillis,
    env: {
      ...process.env,
      // A binary of Go alone: no C compiler is needed. No workspace of the user around it either.
      CGO_ENABLED: '0',
      GOWORK: 'off',
      ...env,
    },
    onLine: (line) =>
      progress.detail(counted === undefined ? line : `${++lines} of ${counted}: ${line}`),
  });
  progress.done(code === 0 ? 'done' : 'failed');
  if (code !== 0) {
    throw new Error(
      `${command.join(' ')} ended with code ${code}\n${output.trim().split('\n').slice(-20).join('\n')}`,
    );
  }
  return stdout;
}

/** In one step, also from another file system: nobody ever finds half a file. */
function moveInto(file: string, target: string): void {
  const beside = `${target}.${process.pid}`;
  cpSync(file, beside);
  renameSync(beside, target);
}

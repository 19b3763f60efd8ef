import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export { freePorts } from './free-ports.ts';

/** A part of a Collector's configuration: YAML, or an object that stands for it. */
export type CollectorConfig = string | Readonly<Record<string, unknown>>;

export interface CollectorOptions {
  /** One or more; of a key that several have, the last one counts. */
  readonly config: CollectorConfig | readonly CollectorConfig[];
  /** What `${env:NAME}` in the configuration stands for. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Files in its folder by name, `{folder}/ca.pem` in the configuration. */
  readonly files?: Readonly<Record<string, string>> | undefined;
}

/** A process of the real Collector, in the tests that `npm run test:collector` runs. */
export interface Collector extends AsyncDisposable {
  /** A folder of its own that lives as long as this object: files and queues survive a restart. */
  readonly folder: string;
  /** Everything the Collector said, over all its starts. */
  readonly log: string;
  /** Starts it (again, with the same configuration), and waits until it takes data. */
  start(): Promise<void>;
  /** SIGKILL: it ends at once, with whatever it holds in memory. */
  kill(): Promise<void>;
  /** SIGTERM: it ends when it has sent what it has. */
  stop(): Promise<void>;
  /** Resolves once it has said `text` that many times. */
  said(text: string, times?: number): Promise<void>;
}

const READY = 'Everything is ready. Begin running and processing data.';

/** Starts a Collector. `{folder}` in its configuration becomes the path of its folder. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const { config, env = {}, files = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-collector-test-'));
  const args = writeConfigs(folder, Array.isArray(config) ? config : [config]);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const listeners = new Set<() => void>();
  let child: ChildProcess | undefined;
  let log = '';

  const tell = (text: string): void => {
    log += text;
    for (const listener of listeners) listener();
  };
  const said = (text: string, times: number = 1): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (log.split(text).length > times) resolve();
        else if (child === undefined)
          reject(new Error(`the Collector ended:\n${log.slice(-4000)}`));
        else return;
        listeners.delete(look);
      };
      listeners.add(look);
      look();
    });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    if (running === undefined) return;
    const ended = new Promise((resolve) => running.once('close', resolve));
    running.kill(signal);
    await ended;
  };

  const collector: Collector = {
    folder,
    get log() {
      return log;
    },
    async start() {
      const starts = log.split(READY).length;
      const started = spawn(collectorBinary(), args, {
        cwd: folder,
        // Of the environment only what a process needs to run.
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      started.stdout.on('data', (chunk: Buffer) => tell(chunk.toString()));
      started.stderr.on('data', (chunk: Buffer) => tell(chunk.toString()));
      started.once('error', (error) => tell(`${error.message}\n`));
      started.once('close', (code, signal) => {
        if (child === started) child = undefined;
        tell(`ended with ${signal ?? `code ${code}`}\n`);
      });
      await said(READY, starts);
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    said,
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await collector.start();
  } catch (error) {
    await collector[Symbol.asyncDispose]();
    throw error;
  }
  return collector;
}

/** What `validate` of the Collector says: an empty text where the configuration can be used. */
export function validateConfig(
  config: CollectorConfig | readonly CollectorConfig[],
  env: Readonly<Record<string, string>> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'llm-otel-collector-test-'));
  try {
    const args = writeConfigs(folder, Array.isArray(config) ? config : [config]);
    const { status, stdout, stderr } = spawnSync(collectorBinary(), ['validate', ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
    });
    return status === 0 ? '' : `${stdout}${stderr}` || `ended with ${status}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeConfigs(folder: string, configs: readonly CollectorConfig[]): string[] {
  return configs.flatMap((config, index) => {
    const file = join(folder, `config-${index}.yaml`);
    // JSON is YAML.
    const text = typeof config === 'string' ? config : JSON.stringify(config, null, 2);
    writeFileSync(file, text.replaceAll('{folder}', folder));
    return ['--config', file];
  });
}

function collectorBinary(): string {
  const binary = process.env['OTELCOL_BIN'];
  if (binary === undefined) throw new Error('no Collector: run npm run test:collector');
  return binary;
}

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commands } from '../src/cli/index.ts';
import type { CheckOutcome, Finding } from '../src/cli/doctor/finding.ts';

const require = createRequire(import.meta.url);

// The packages that the tests install by copying them: the real ones, of both lines of OpenTelemetry.
const REAL: Readonly<Record<string, string>> = {
  '@opentelemetry/api@1.10': folderOf(require.resolve('@opentelemetry/api')),
  '@opentelemetry/api@1.9': folderOf(require.resolve('api-1-9')),
  '@opentelemetry/sdk-trace@2.12': folderOf(require.resolve('sdk-trace-2-12')),
  '@opentelemetry/sdk-trace@3.1': folderOf(require.resolve('@opentelemetry/sdk-trace')),
  '@opentelemetry/context-async-hooks@3.1': folderOf(
    require.resolve('@opentelemetry/context-async-hooks'),
  ),
};
// What the SDK itself depends on lies beside it in the store.
const BESIDE_SDK = ['core', 'resources', 'semantic-conventions'] as const;

/** An application in a folder of its own, which is gone in the end. */
export class ApplicationFolder implements Disposable {
  readonly root: string = realpathSync(mkdtempSync(join(tmpdir(), 'doctor-')));

  constructor(manifest: object = {}) {
    this.write('package.json', JSON.stringify({ name: 'shop', type: 'module', ...manifest }));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Installs a real package, below `inside` where another package should have its own copy. */
  install(name: string, inside = ''): void {
    const [, plain = ''] = /^(.+)@[\d.]+$/.exec(name) ?? [];
    const source = REAL[name];
    if (source === undefined) throw new Error(`no real ${name}`);
    this.#copy(source, join(inside, 'node_modules', plain));
    if (!plain.endsWith('/sdk-trace')) return;
    for (const other of BESIDE_SDK) {
      const from = join(source, '..', other);
      this.#copy(from, join(inside, 'node_modules/@opentelemetry', other));
    }
  }

  /** Links a package to where it is used, as pnpm does. */
  link(name: string, target: string): void {
    const path = join(this.root, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(this.root, target), path);
  }

  /** Links what this package is developed with: real clients, and what observes them. */
  linkReal(...names: readonly string[]): void {
    for (const name of names) {
      const path = join(this.root, 'node_modules', name);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(realpathSync(join(import.meta.dirname, '../node_modules', name)), path);
    }
  }

  /** Installs a package of which only name, version and source matter. */
  stub(name: string, version: string, more: object = {}, source = ''): void {
    const folder = `node_modules/${name}`;
    this.write(
      `${folder}/package.json`,
      JSON.stringify({ name, version, type: 'module', ...more }),
    );
    this.write(`${folder}/index.js`, source);
  }

  /** Runs `llm-otel doctor` in it. */
  async doctor(
    args: readonly string[] = ['--offline'],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Diagnosis> {
    const output = { stdout: '', stderr: '' };
    const into = (name: keyof typeof output) => ({
      write(text: string) {
        output[name] += text;
        return true;
      },
    });
    const [doctor] = commands;
    const code = await doctor?.run([...args], {
      stdout: into('stdout'),
      stderr: into('stderr'),
      cwd: this.root,
      environment: { PATH: process.env['PATH'], ...environment },
      signal: new AbortController().signal,
    });
    return { code, ...output, ...parsed(output.stdout) };
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #copy(from: string, to: string): void {
    cpSync(from, join(this.root, to), { recursive: true, dereference: true });
  }
}

export interface Diagnosis {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly outcomes: readonly CheckOutcome[];
  readonly findings: readonly Finding[];
  /** What was found, by id. */
  readonly ids: readonly string[];
}

function parsed(stdout: string): Pick<Diagnosis, 'outcomes' | 'findings' | 'ids'> {
  if (!stdout.startsWith('{')) return { outcomes: [], findings: [], ids: [] };
  const { outcomes } = JSON.parse(stdout) as { outcomes: CheckOutcome[] };
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  return { outcomes, findings, ids: findings.map(({ id }) => id) };
}

/** The folder of the package that a file belongs to. */
function folderOf(file: string): string {
  const real = realpathSync(file);
  const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(real) ?? [];
  if (folder === undefined) throw new Error(`${real} is in no package`);
  return folder;
}

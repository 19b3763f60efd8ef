import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atReadmeLines, type Snippet, snippetsOf } from './snippets.ts';

const snippetTimeoutMillis = 30_000;

/**
 * Registers vitest tests for the README.md of a package: all `ts` blocks are type checked together, and each one
 * is run as a Node.js process of its own in the package folder and must exit with 0. A block marked `ts no-run`
 * is type checked only.
 * @param readmeFile - another file, whose blocks are run as if they stood in the package. Default: the package's README.md
 */
export function readmeSnippets(packageFolder: string, readmeFile?: string): void {
  const folder = resolve(packageFolder);
  const readme = readmeFile ?? join(folder, 'README.md');
  const snippets = existsSync(readme) ? snippetsOf(readFileSync(readme, 'utf8')) : [];
  // Inside the package, so that its dependencies and its own name resolve as they do for a user.
  const work = join(folder, '.cache/readme');

  describe('README.md', () => {
    beforeAll(() => {
      rmSync(work, { recursive: true, force: true });
      mkdirSync(work, { recursive: true });
      writeFileSync(join(work, 'tsconfig.json'), JSON.stringify(compilerOptions));
      for (const snippet of snippets) {
        const code = atReadmeLines(snippet);
        writeFileSync(join(work, fileNameOf(snippet)), code);
        if (!knowsUsing) writeFileSync(join(work, startedFileOf(snippet)), withoutUsing(code));
      }
    });
    afterAll(() => rmSync(work, { recursive: true, force: true }));

    test('has a snippet that runs', () => {
      expect(snippets.some((snippet) => snippet.runs)).toBe(true);
    });

    test('its snippets pass the type check', { timeout: 120_000 }, async () => {
      const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
      const args = [compiler, '--pretty', 'false', '-p', join(work, 'tsconfig.json')];
      const { ending, output } = await runNode(args, folder, 110_000);
      if (ending !== undefined) throw failure('does not pass the type check', output);
    });

    for (const snippet of snippets.filter(({ runs }) => runs)) {
      test(
        `the snippet at line ${snippet.line} runs`,
        { timeout: snippetTimeoutMillis + 10_000 },
        async () => {
          const args = [join(work, startedFileOf(snippet))];
          if (!knowsUsing) args.unshift('--enable-source-maps');
          const { ending, output } = await runNode(args, folder, snippetTimeoutMillis);
          if (ending !== undefined) {
            throw failure(`snippet at line ${snippet.line} ${ending}`, output);
          }
        },
      );
    }
  });
}

/** Older ones do not know `await using`, which a reader's compiler takes care of. */
const knowsUsing = Number(process.versions.node.split('.')[0]) >= 24;

const require = createRequire(import.meta.url);

const compilerOptions = {
  extends: '@llm-otel/tooling/tsconfig.json',
  // A reader's program exports nothing, and may declare values it does not use.
  compilerOptions: { isolatedDeclarations: false, declaration: false, composite: false },
  include: ['*.ts'],
};

function fileNameOf({ line }: Snippet): string {
  return `README.line-${line}.ts`;
}

/** What is run of a snippet. */
function startedFileOf(snippet: Snippet): string {
  const name = fileNameOf(snippet);
  return knowsUsing ? name : name.replace(/\.ts$/, '.mjs');
}

function withoutUsing(code: string): string {
  const options = { loader: 'ts', target: 'node22', format: 'esm', sourcemap: 'inline' } as const;
  return transformSync(code, options).code;
}

/** File names in messages become the README's: lines and columns are the same there. */
function failure(what: string, output: string): Error {
  const error = new Error(
    `README.md: ${what}\n${output.replaceAll(/[^\s('"]*README\.line-\d+\.(?:ts|mjs)/g, 'README.md').trimEnd()}`,
  );
  // The stack would only show this file.
  error.stack = `Error: ${error.message}`;
  return error;
}

interface Outcome {
  /** How it ended; undefined where it exited with 0. */
  readonly ending: string | undefined;
  readonly output: string;
}

async function runNode(args: readonly string[], cwd: string, timeout: number): Promise<Outcome> {
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...env, NO_COLOR: '1', NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);

  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, timeout);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        const how = late
          ? `was still running after ${timeout / 1000} s`
          : `ended with ${signal ?? code}`;
        resolve({ ending: code === 0 ? undefined : how, output });
      });
    });
  } finally {
    clearTimeout(timer);
  }
}

// What V8 lets the old generation have depends on flags, which a process may be given in two places: real processes are started.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const source = join(import.meta.dirname, '../src/node/heap-limit.ts');

async function limitWith(flags: readonly string[], nodeOptions: string): Promise<number> {
  const script = `import { heapLimitBytes } from ${JSON.stringify(source)}; console.log(heapLimitBytes(process.env.NODE_OPTIONS) / 2 ** 20);`;
  const { stdout } = await run(
    process.execPath,
    [...flags, '--input-type=module-typescript', '-e', script],
    { env: { ...process.env, NODE_OPTIONS: nodeOptions } },
  );
  return Number(stdout);
}

test.each([
  ['--max-semi-space-size=16', []],
  ['--max-semi-space-size=8', []],
  ['--max_semi_space_size=7', []],
  ['--max-semi-space-size=0', []],
  ['"--max-semi-space-size=2"  --no-warnings', []],
  ['--max-semi-space-size=16', ['--max-semi-space-size=2']],
  ['', ['--max-semi-space-size=16']],
  ['', ['--max_semi_space_size=1', '--max-semi-space-size=16']],
  ['', []],
])(
  'an old generation of 256 MB is known whatever the young one has: NODE_OPTIONS %o, flags %j',
  async (options, flags) => {
    const size = '--max-old-space-size=256';

    expect(await limitWith([...flags, size], options)).toBe(256);
    expect(await limitWith(flags, `${options} ${size}`)).toBe(256);
  },
);

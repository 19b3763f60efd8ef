import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = join(import.meta.dirname, '..');

test('the whole example of the README prints the tree that is there', () => {
  const [, code, tree] =
    /## A whole example[^`]*```ts\n(.*?)```[^`]*```text\n(.*?)```/s.exec(
      readFileSync(join(FOLDER, 'README.md'), 'utf8'),
    ) ?? [];
  // Inside the package, so that its name and its dependencies resolve.
  const work = join(FOLDER, '.cache/readme-example');
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'example.ts'), code ?? '');
  const printed = execFileSync(
    process.execPath,
    ['--experimental-strip-types', '--no-warnings', join(work, 'example.ts')],
    { encoding: 'utf8', timeout: 30_000 },
  );
  rmSync(work, { recursive: true });

  expect(printed.replaceAll(/, [\d.]+ ms/g, '')).toBe(tree);
});

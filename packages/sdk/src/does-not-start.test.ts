import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { doesNotStart } from './does-not-start.ts';

const ENTRY = '@opentelemetry/instrumentation-http';

/** What Node.js says of a module with this text. */
async function errorOf(name: string, text: string): Promise<unknown> {
  const directory = mkdtempSync(join(tmpdir(), 'llm-otel-start-'));
  const path = join(directory, name);
  writeFileSync(path, text);
  try {
    const started: Promise<unknown> = name.endsWith('.cjs')
      ? Promise.resolve().then(() => createRequire(path)(path) as unknown)
      : import(/* @vite-ignore */ pathToFileURL(path).href);
    return await started.catch((error: unknown) => error);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test.each(['a.mjs', 'a.cjs'])(
  'a package that it needs is named, with how to install it: %s',
  async (name) => {
    const needed = '@opentelemetry/instrumentation-of-nobody';
    const text = name === 'a.mjs' ? `import '${needed}'` : `require('${needed}/hook.js')`;

    expect(doesNotStart(ENTRY, await errorOf(name, text))).toBe(
      `llm-otel: ${ENTRY} needs ${needed}, which is not installed: run npm install ${needed}`,
    );
  },
);

test('anything else is told as it is', async () => {
  const broken = `llm-otel: ${ENTRY} is installed and does not start: `;

  expect(doesNotStart(ENTRY, await errorOf('a.mjs', 'throw new Error("broken")'))).toBe(
    `${broken}Error: broken`,
  );
  expect(doesNotStart(ENTRY, await errorOf('a.cjs', 'require("./none.cjs")'))).toContain(broken);
  expect(doesNotStart(ENTRY, undefined)).toBe(`${broken}undefined`);
});

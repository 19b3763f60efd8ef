import assert from 'node:assert/strict';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from './support.ts';

/** The package.json above a file. The SDK's exports map hides its own, so it is looked for on disk. */
function manifestAbove(file: string): { name: string; version: string } {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
    // Folders of a dual build hold a package.json with nothing but a type.
    if (manifest.name !== undefined && manifest.version !== undefined)
      return { name: manifest.name, version: manifest.version };
  }
  throw new Error(`no package.json above ${file}`);
}

test('the SDK resolved from inside our package is the one of this line', () => {
  const ours = realpathSync(createRequire(import.meta.url).resolve('@llm-otel/sdk'));
  const sdk = createRequire(ours).resolve('@opentelemetry/sdk-trace');

  assert.deepEqual(manifestAbove(realpathSync(sdk)), {
    name: '@opentelemetry/sdk-trace',
    version: process.env['EXPECTED_SDK_TRACE'],
  });
});

#!/usr/bin/env node
// Writes src/redaction/content-keys.ts. With --check it only compares, and exits with 1 where the file is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentKeysSource } from './content-keys-source.ts';

const path = join(import.meta.dirname, '../src/redaction/content-keys.ts');
const source = contentKeysSource();
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== source) {
    process.stderr.write(
      'packages/collector-config/src/redaction/content-keys.ts is out of date\n  do: pnpm --filter @llm-otel/collector-config generate\n',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, source);
}

#!/usr/bin/env node
// Writes docs/configuration.md. With --check it only compares, and exits with 1 where the page is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from './configuration-page.ts';

const path = join(import.meta.dirname, '../../../docs/configuration.md');
const page = configurationPage();
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== page) {
    process.stderr.write(
      'docs/configuration.md is out of date\n  do: pnpm --filter @llm-otel/sdk generate\n',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, page);
}

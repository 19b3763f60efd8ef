import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startOtlpSink } from '@llm-otel/testing';
import { test } from './support.ts';

test('llm-otel doctor finds nothing in an application that is as it should be', async () => {
  await using sink = await startOtlpSink();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      'node_modules/@llm-otel/sdk/dist/cli/main.js',
      'doctor',
      '--json',
      '--import',
      '@llm-otel/sdk/register',
    ],
    { env: { PATH: process.env['PATH'], OTEL_EXPORTER_OTLP_ENDPOINT: sink.url } },
  );

  const { outcomes } = JSON.parse(stdout) as {
    outcomes: { check: string; findings: unknown[]; skipped?: string }[];
  };
  assert.deepEqual(
    outcomes.flatMap(({ findings }) => findings),
    [],
  );
  // Our instrumentations are here, so that the order of imports is looked at as well.
  assert.deepEqual(
    outcomes.filter(({ skipped }) => skipped !== undefined),
    [],
  );
});

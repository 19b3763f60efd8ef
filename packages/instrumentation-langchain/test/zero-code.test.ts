import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { knownReleases } from '@llm-otel/llm-conventions/client';
import { describe, expect, test } from 'vitest';
import { SUPPORTED } from '../src/instrumentation/supported-versions.ts';

const run = promisify(execFile);
const fixtures = `${import.meta.dirname}/fixtures`;

/** What an application records that is started with the telemetry in front of it. */
async function recordedBy(application: string, environment = {}): Promise<unknown> {
  const { stdout } = await run(
    process.execPath,
    ['--no-warnings', '--import', `${fixtures}/telemetry.ts`, `${fixtures}/${application}`],
    { env: { ...process.env, ...environment } },
  );
  return JSON.parse(stdout);
}

describe('without a change of the application', () => {
  test.each(['application.mjs', 'application.cjs'])('%s is observed', async (application) => {
    expect(await recordedBy(application)).toEqual({
      lines: ['RunnableSequence', '  RunnableLambda', '    own work', '  chat', 'chat'],
      open: [],
    });
  });

  test('one that is disabled observes nothing', async () => {
    expect(await recordedBy('application.cjs', { DISABLED: 'true' })).toEqual({
      lines: ['own work'],
      open: [],
    });
  });
});

test.each([
  ['0.2.36', false],
  ['0.3.39', false],
  ['0.3.80', true],
  ['1.4.0', true],
  ['2.0.0', false],
])('@langchain/core %s is known: %s', (version, known) => {
  expect(knownReleases('@langchain/core', SUPPORTED, () => undefined)(version)).toBe(known);
});

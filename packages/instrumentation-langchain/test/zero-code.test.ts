import { knownReleases } from '@llm-otel/llm-conventions/client';
import { recordedBy } from '@llm-otel/tooling/contract';
import { describe, expect, test } from 'vitest';
import { SUPPORTED } from '../src/instrumentation/supported-versions.ts';

const fixtures = `${import.meta.dirname}/fixtures`;

describe('without a change of the application', () => {
  test.each(['application.mjs', 'application.cjs'])('%s is observed', async (application) => {
    expect(await recordedBy(fixtures, application)).toEqual({
      lines: ['RunnableSequence', '  RunnableLambda', '    own work', '  chat', 'chat'],
      open: [],
    });
  });

  test('one that is disabled observes nothing', async () => {
    expect(await recordedBy(fixtures, 'application.cjs', { DISABLED: 'true' })).toEqual({
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

import { knownReleases } from '@llm-otel/llm-conventions/client';
import { recordedBy } from '@llm-otel/tooling/contract';
import { describe, expect, test } from 'vitest';
import { SDK_PACKAGES, type SdkPackage } from '../src/instrumentation/supported-versions.ts';

const fixtures = `${import.meta.dirname}/fixtures`;

describe('without a change of the application', () => {
  test.each([
    'application-v1.mjs',
    'application-v1.cjs',
    'application-v2.mjs',
    'application-v2.cjs',
  ])('%s is observed', async (application) => {
    expect(await recordedBy(fixtures, application)).toEqual({
      lines: [
        'client initialize',
        '  server initialize',
        'client notifications/initialized',
        '  server notifications/initialized',
        'client tools/call hello',
        '  server tools/call hello',
      ],
      open: [],
      warnings: [],
    });
  });

  test('one that is disabled observes nothing', async () => {
    expect(await recordedBy(fixtures, 'application-v1.cjs', { DISABLED: 'true' })).toEqual({
      lines: [],
      open: [],
      warnings: [],
    });
  });
});

test.each<[SdkPackage, string, boolean]>([
  ['@modelcontextprotocol/sdk', '0.7.0', false],
  ['@modelcontextprotocol/sdk', '1.9.0', false],
  ['@modelcontextprotocol/sdk', '1.10.2', true],
  ['@modelcontextprotocol/sdk', '1.32.2', true],
  ['@modelcontextprotocol/sdk', '2.0.0', false],
  ['@modelcontextprotocol/client', '1.0.0', false],
  ['@modelcontextprotocol/server', '2.4.0', true],
  ['@modelcontextprotocol/server', '3.0.0', false],
])('%s %s is known: %s', (name, version, known) => {
  expect(knownReleases(name, SDK_PACKAGES[name], () => undefined)(version)).toBe(known);
});

import { startModelEmulator } from '@llm-otel/testing';
import { recordedBy } from '@llm-otel/tooling/contract';
import { describe, expect, test } from 'vitest';

const fixtures = `${import.meta.dirname}/fixtures`;

/** The spans of an application that is started with the telemetry in front of it. */
async function spansOf(application: string, environment = {}): Promise<unknown> {
  await using emulator = await startModelEmulator();
  const recorded = await recordedBy(fixtures, application, {
    BASE_URL: emulator.geminiBaseUrl,
    ...environment,
  });
  expect(emulator.requests).toHaveLength(6);
  return recorded;
}

const content = ['generate_content gemini-2.5-flash', '127.0.0.1', 'gcp.gemini'];
const embeddings = ['embeddings gemini-embedding-001', '127.0.0.1', 'gcp.gemini'];

describe.each(['application.mjs', 'application.cjs'])(
  '%s, without a change of it',
  (application) => {
    test('has one span for each call, and no other', async () => {
      expect(await spansOf(application)).toEqual({
        names: [content, content, content, content, content, embeddings],
        open: [],
      });
    });

    test('has none where we are disabled', async () => {
      expect(await spansOf(application, { DISABLED: 'true' })).toEqual({ names: [], open: [] });
    });
  },
);

import { startModelEmulator } from '@llm-otel/testing';
import { recordedBy } from '@llm-otel/tooling/contract';
import { describe, expect, test } from 'vitest';

const fixtures = `${import.meta.dirname}/fixtures`;

/** The spans of an application that is started with the telemetry in front of it. */
async function spansOf(application: string, environment = {}): Promise<unknown> {
  await using emulator = await startModelEmulator();
  const recorded = await recordedBy(fixtures, application, {
    BASE_URL: emulator.openAiBaseUrl,
    ...environment,
  });
  expect(emulator.requests).toHaveLength(4);
  return recorded;
}

const chat = ['chat gpt-5-mini', '127.0.0.1', 'openai'];
const embeddings = ['embeddings text-embedding-3-small', '127.0.0.1', 'openai'];

describe('without a change of the application', () => {
  test.each(['application.mjs', 'application.cjs'])('%s is observed', async (application) => {
    expect(await spansOf(application)).toEqual({ names: [chat, chat, chat, embeddings], open: [] });
  });

  test('one that is disabled observes nothing', async () => {
    expect(await spansOf('application.cjs', { DISABLED: 'true' })).toEqual({ names: [], open: [] });
  });
});

import { startModelEmulator } from '@llm-otel/testing';
import { recordedBy } from '@llm-otel/tooling/contract';
import { describe, expect, test } from 'vitest';

const fixtures = `${import.meta.dirname}/fixtures`;

/** The spans of an application that is started with the telemetry in front of it. */
async function spansOf(application: string, environment = {}): Promise<unknown> {
  await using emulator = await startModelEmulator();
  const recorded = await recordedBy(fixtures, application, {
    BASE_URL: emulator.anthropicBaseUrl,
    ...environment,
  });
  expect(emulator.requests).toHaveLength(4);
  return recorded;
}

const chat = ['chat claude-opus-4-8', '127.0.0.1', 'anthropic'];

describe.each(['application.mjs', 'application.cjs'])(
  '%s, without a change of it',
  (application) => {
    test('has one span for each call, and no other', async () => {
      expect(await spansOf(application)).toEqual({ names: [chat, chat, chat, chat], open: [] });
    });

    test('has ours where the client is told to make none', async () => {
      expect(await spansOf(application, { ANTHROPIC_OPEN_TELEMETRY: 'false' })).toEqual({
        names: [chat, chat, chat, chat],
        open: [],
      });
    });

    test('is observed by the client alone where we are disabled', async () => {
      const name = ['anthropic.messages.create', '127.0.0.1', 'anthropic'];

      expect(await spansOf(application, { DISABLED: 'true' })).toEqual({
        names: [name, name, name, name],
        open: [],
      });
    });
  },
);

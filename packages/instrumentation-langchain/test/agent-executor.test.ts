import { startModelEmulator } from '@llm-otel/testing';
import { expect, onTestFinished, test } from 'vitest';
import { instrument } from '../src/index.ts';
import { unwrapClasses } from '../src/wrap-classes.ts';
import { executor } from './contract/agents.ts';
import { loop } from './contract/calls.ts';
import { lines } from './contract/lines.ts';
import { startRecording } from './recording.ts';

test('an AgentExecutor that is left at once has ended when it is left, with each call it made', async () => {
  const recorder = startRecording();
  const emulator = await startModelEmulator({ scripts: loop });
  onTestFinished(() => emulator.close());
  const line = lines.find(({ major }) => major === 0)!;
  const client = line.create({
    baseURL: emulator.openAiBaseUrl,
    maxRetries: 0,
    fetch,
    answered() {},
  });
  instrument(client.core);
  onTestFinished(() => unwrapClasses(client.core));

  for await (const _ of await executor(client).stream({ input: 'where?' })) break;

  expect(recorder.openSpans).toEqual([]);
  expect(recorder.spans.at(-1)?.name).toBe('invoke_agent');
  // Whether the second step has been asked for by then depends on the release of Node.js.
  const calls = recorder.spans.filter(({ name }) => name === 'chat gpt-5-mini');
  expect(calls).toHaveLength(emulator.requests.length);
});

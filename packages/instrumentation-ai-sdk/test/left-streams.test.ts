// Version 7 keeps a stream that is left ready for the next reader, and tells nobody that it is left.
import { setImmediate } from 'node:timers/promises';
import {
  type FakeClock,
  fakeClock,
  type ModelEmulator,
  recordSpans,
  startModelEmulator,
} from '@llm-otel/testing';
import { collectGarbageUntil, recordedBy } from '@llm-otel/tooling/contract';
import { createOpenAI } from '@ai-sdk/openai';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { streamText } from 'ai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instrumentAiSdk } from '../src/index.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
const answer = { text: ['On ', 'its ', 'way', '.'], usage: { inputTokens: 12, outputTokens: 5 } };
const long = { ...answer, text: Array.from({ length: 200 }, (_, index) => `word ${index} `) };

let emulator: ModelEmulator;
let takeBack: () => void;
let clock: FakeClock;

beforeEach(async () => {
  clock = fakeClock();
  emulator = await startModelEmulator();
  takeBack = instrumentAiSdk({ tracer, clock });
});
afterEach(async () => {
  takeBack();
  await emulator.close();
  recorder.clear();
});

function ask() {
  const model = createOpenAI({ baseURL: emulator.openAiBaseUrl, apiKey: 'none' }).chat(
    'gpt-5-mini',
  );
  return streamText({ model, prompt: 'Where is my parcel?' });
}

async function pass(millis: number): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  await clock.advance(millis);
}

const ended = () =>
  recorder.spans.map(({ name, attributes, duration: [seconds], status }) => [
    name,
    attributes['llm_otel.stream.outcome'],
    seconds,
    status.code,
  ]);

describe('a run whose stream is left', () => {
  test('ends when nothing has happened for half a minute, as of the last that has', async () => {
    emulator.script([long]);
    const result = ask();
    for await (const _ of result.textStream) break;

    await pass(29_000);
    expect(recorder.openSpans).toEqual(['invoke_agent', 'chat gpt-5-mini']);
    await pass(2_000);

    expect(recorder.openSpans).toEqual([]);
    expect(ended()).toEqual([
      ['chat gpt-5-mini', 'dropped', 0, 0],
      ['invoke_agent', undefined, 0, 0],
    ]);
    // As long as the application holds it: nothing is garbage.
    expect(result.textStream).toBeDefined();
  });

  test('ends before where it is garbage, and no later than what happened', async () => {
    emulator.script([long]);
    await (async () => {
      for await (const _ of ask().textStream) break;
    })();
    await pass(20_000);

    await collectGarbageUntil(() => recorder.openSpans.length === 0);

    expect(ended()).toEqual([
      ['chat gpt-5-mini', 'dropped', 0, 0],
      ['invoke_agent', undefined, 0, 0],
    ]);
  });

  test('goes on in the same run where somebody reads on after all', async () => {
    emulator.script([long]);
    const result = ask();
    for await (const _ of result.textStream) break;
    await pass(31_000);

    expect(await result.text).toBe(long.text.join(''));
    expect(recorder.openSpans).toEqual([]);
    expect(recorder.spans).toHaveLength(2);
  });

  test('is not left while the model takes its time', async () => {
    emulator.script([{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }]);
    const abort = new AbortController();
    const model = createOpenAI({ baseURL: emulator.openAiBaseUrl, apiKey: 'none' });
    const result = streamText({
      model: model.chat('gpt-5-mini'),
      prompt: 'Where?',
      abortSignal: abort.signal,
    });
    const reading = (async () => {
      for await (const _ of result.textStream);
    })();
    await pass(31_000);
    await pass(31_000);

    expect(recorder.openSpans).toEqual(['invoke_agent', 'chat gpt-5-mini']);
    abort.abort();
    await reading;
  });

  test('leaves no timer and no listener behind', async () => {
    emulator.script([answer]);
    const listeners = process.listenerCount('beforeExit');
    expect(await ask().text).toBe('On its way.');

    expect(clock.pendingTimers).toEqual([]);
    expect(process.listenerCount('beforeExit')).toBe(listeners);
  });
});

test('a script that leaves its streams and ends has its whole trees', async () => {
  const recorded = await recordedBy(`${import.meta.dirname}/fixtures`, 'left-streams.mjs', {
    BASE_URL: emulator.openAiBaseUrl,
  });
  const tree = [
    ['chat gpt-5-mini', true],
    ['invoke_agent', true],
  ];

  expect(recorded).toEqual({
    spans: expect.arrayContaining([...tree, ...tree, ...tree]),
    open: [],
    listeners: 0,
  });
  expect((recorded as { spans: unknown[] }).spans).toHaveLength(6);
});

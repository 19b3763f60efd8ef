// A model call that is recorded by hand around a client which is observed, or observes itself.
import Anthropic from '@anthropic-ai/sdk';
import { instrument } from '@llm-otel/instrumentation-anthropic';
import {
  anthropicStream,
  createAgentTracing,
  createGenAi,
  finishReasonFrom,
  usageFromAnthropic,
} from '@llm-otel/sdk/agents';
import { startModelEmulator } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { ANTHROPIC_MODEL } from './observed-clients.ts';
import { startWithSink } from './start-with-sink.ts';

const usage = { inputTokens: 1000, outputTokens: 200 };

test.each([
  ['the spans of the client itself', (client: Anthropic) => client],
  ['its instrumentation', (client: Anthropic) => instrument(client)],
])(
  'beside %s, a call of genAi counts once in sums over spans and in its run',
  async (_, prepare) => {
    const answer = { text: 'Soon.', usage };
    await using emulator = await startModelEmulator({ scripts: () => answer });
    const { telemetry, sink } = await startWithSink();
    const genAi = createGenAi();
    const baseURL = emulator.anthropicBaseUrl;
    const client = prepare(new Anthropic({ baseURL, apiKey: 'emulator', maxRetries: 0 }));
    const messages = [{ role: 'user' as const, content: 'When?' }];
    const body = { model: ANTHROPIC_MODEL, max_tokens: 100, messages };

    const used = await createAgentTracing({ genAi }).run('writer', async (run) => {
      await genAi.inference({ provider: 'anthropic', model: ANTHROPIC_MODEL }, async (call) => {
        const { id, stop_reason, usage: told } = await client.messages.create(body);
        const finishReasons = [finishReasonFrom(stop_reason) ?? 'error'];
        call.recordResponse({ id, finishReasons, usage: usageFromAnthropic(told) });
      });
      const streaming = { provider: 'anthropic', model: ANTHROPIC_MODEL, stream: true } as const;
      const stream = await genAi.inference(streaming, async (call) =>
        call.stream(await client.messages.create({ ...body, stream: true }), anthropicStream),
      );
      for await (const _event of stream);
      return run.usage;
    });
    await telemetry.shutdown();

    expect(used).toMatchObject({ inputTokens: 2000, outputTokens: 400, inferenceCalls: 2 });
    const sum = (name: string): number =>
      sink.spans.reduce((total, { attributes }) => total + Number(attributes[name] ?? 0), 0);
    expect(sink.spans.length).toBeGreaterThanOrEqual(5);
    expect([sum('gen_ai.usage.input_tokens'), sum('gen_ai.usage.output_tokens')]).toEqual([
      2000, 400,
    ]);
    expect(sum('llm_otel.cost.micro_usd')).toBe(used.microUsd);
  },
);

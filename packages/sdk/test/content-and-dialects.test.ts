// What happens to content and to the names of attributes on the last stretch: behind redaction, in front of the wire.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileContentStore } from '@llm-otel/llm-conventions/node';
import { createGenAi } from '@llm-otel/sdk/agents';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chooseDialects } from '../src/choose-dialects.ts';
import { startWithSink } from './start-with-sink.ts';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'media-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const picture = Buffer.from('a picture');
const inputMessages = [
  {
    role: 'user',
    parts: [
      { type: 'text', content: 'What is this?' },
      {
        type: 'blob',
        modality: 'image',
        mime_type: 'image/png',
        content: picture.toString('base64'),
      },
    ],
  },
];

describe('media', () => {
  test('are in the folder when the shutdown is over, and the span says where', async () => {
    const contentStore = fileContentStore({ directory: folder() });
    const { telemetry, sink } = await startWithSink({ content: 'span', contentStore });
    createGenAi({ content: telemetry.content })
      .startInference({ provider: 'openai', inputMessages })
      .end();
    await telemetry.shutdown();

    const attributes = sink.spans[0]?.attributes ?? {};
    const [uri] = attributes['llm_otel.content.references'] as string[];
    expect(readFileSync(fileURLToPath(uri ?? ''))).toEqual(picture);
    expect(attributes['gen_ai.input.messages']).toContain(uri);
    expect(attributes['gen_ai.input.messages']).not.toContain(picture.toString('base64'));
  });

  test('of a prompt that redaction takes out are never written', async () => {
    const directory = folder();
    const { telemetry, sink } = await startWithSink({
      content: 'span',
      contentStore: fileContentStore({ directory }),
      environment: { OTEL_REDACT_PROMPTS: 'true' },
    });
    createGenAi({ content: telemetry.content })
      .startInference({ provider: 'openai', inputMessages })
      .end();
    await telemetry.shutdown();

    expect(sink.spans).toHaveLength(1);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('of a log event are moved out, redacted and cut as those of the span are', async () => {
    const contentStore = fileContentStore({ directory: folder() });
    const { telemetry, sink } = await startWithSink({
      content: 'both',
      contentStore,
      logs: true,
      maxContentBytes: 600,
    });
    const token = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
    const older = { role: 'user', parts: [{ type: 'text', content: 'x'.repeat(500) }] };
    const secret = { role: 'user', parts: [{ type: 'text', content: `my key is ${token}` }] };
    createGenAi({ content: telemetry.content })
      .startInference({ provider: 'openai', inputMessages: [older, secret, ...inputMessages] })
      .end();
    await telemetry.shutdown();

    const span = sink.spans[0]?.attributes ?? {};
    const event = sink.logs[0]?.attributes ?? {};
    const [uri] = event['llm_otel.content.references'] as string[];
    expect(readFileSync(fileURLToPath(uri ?? ''))).toEqual(picture);
    expect(event['gen_ai.input.messages']).toEqual(
      JSON.parse(span['gen_ai.input.messages'] as string),
    );
    expect(event['gen_ai.input.messages']).toMatchObject([
      { parts: [{ content: 'my key is [REDACTED:github_token]' }] },
      { parts: [{ content: 'What is this?' }, { type: 'uri', uri }] },
    ]);
    expect(event['llm_otel.content.truncated']).toEqual(['gen_ai.input.messages']);
    expect(JSON.stringify(event)).not.toContain(picture.toString('base64'));
  });

  test('of a prompt that is removed from a log event are never written', async () => {
    const directory = folder();
    const { telemetry, sink } = await startWithSink({
      content: 'event',
      logs: true,
      contentStore: fileContentStore({ directory }),
      environment: { OTEL_REDACT_PROMPTS: 'true' },
    });
    createGenAi({ content: telemetry.content })
      .startInference({ provider: 'openai', inputMessages })
      .end();
    await telemetry.shutdown();

    expect(sink.logs).toHaveLength(1);
    expect(JSON.stringify(sink.logs[0]?.attributes)).not.toContain('What is this?');
    expect(readdirSync(directory)).toEqual([]);
  });

  test('of a store that never gets done do not keep the shutdown waiting', async () => {
    const contentStore = { put: () => undefined, flush: () => new Promise<void>(() => {}) };
    const { telemetry } = await startWithSink({ contentStore });

    await expect(telemetry.shutdown({ timeoutMillis: 100 })).resolves.toBeDefined();
  });
});

describe('dialects', () => {
  test('a span of another library is normalised, redacted, and sent in the vocabulary asked for', async () => {
    const { telemetry, sink } = await startWithSink({ dialects: ['langfuse'] });
    telemetry
      .tracer()
      .startSpan('ChatCompletion', {
        attributes: {
          'openinference.span.kind': 'LLM',
          'llm.provider': 'openai',
          'llm.model_name': 'gpt-5',
          'llm.token_count.prompt': 7,
          'llm.input_messages.0.message.role': 'user',
          'llm.input_messages.0.message.content': [
            'key',
            'sk',
            'proj',
            'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6',
          ].join('-'),
        },
      })
      .end();
    await telemetry.shutdown();

    const attributes = sink.spans[0]?.attributes ?? {};
    expect(attributes).toMatchObject({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'gpt-5',
      'langfuse.observation.usage_details': '{"input":7}',
    });
    expect(JSON.stringify(attributes)).not.toContain('a1B2c3D4e5F6g7H8i9J0');
    expect(attributes).not.toHaveProperty('gen_ai.request.model');
  });

  test('a model call of another library has a cost, for sampling too, or the one of given prices', async () => {
    const attributes = {
      'gen_ai.system': 'openai',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.usage.prompt_tokens': 1000,
      'gen_ai.usage.completion_tokens': 100,
    };
    for (const [prices, expected] of [
      [undefined, 2250],
      [false, undefined],
    ] as const) {
      const { telemetry, sink } = await startWithSink({ prices });
      telemetry.tracer('another-library').startSpan('openai.chat', { attributes }).end();
      await telemetry.shutdown();

      const arrived = sink.spans[0]?.attributes ?? {};
      expect(arrived['llm_otel.cost.micro_usd']).toBe(expected);
      expect(arrived['llm_otel.trace.cost.micro_usd']).toBe(expected);
    }
  });

  test('of the environment are those of the conventions, and ours by their names', () => {
    const chosen = (...semconvStabilityOptIn: string[]): unknown =>
      chooseDialects({}, { semconvStabilityOptIn });

    expect(chosen()).toEqual(['current']);
    expect(chosen('http', 'messaging/dup')).toEqual(['current']);
    expect(chosen('gen_ai_latest_experimental')).toEqual(['current']);
    expect(chosen('http', 'gen_ai_latest_experimental/dup')).toEqual(['current', 'genai-1.36']);
    expect(chosen('current', 'openinference')).toEqual(['current', 'openinference']);
    expect(chooseDialects({ dialects: ['ai-sdk'] }, {})).toEqual(['ai-sdk']);
  });

  test('that do not exist are told at the start', async () => {
    await expect(startWithSink({ dialects: ['phoenix' as never] })).rejects.toThrow(
      'dialects[0] is "phoenix": use one of current',
    );
  });
});

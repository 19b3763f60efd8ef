import { startModelEmulator, startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { runNode } from './run-node.ts';

const environments: [string, Record<string, string>, boolean][] = [
  ['by default, without what was said', {}, false],
  [
    'with what was said, where that is asked for',
    { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY' },
    true,
  ],
];

test.each(
  ['clients.mjs', 'clients.cjs'].flatMap((application) =>
    environments.map(
      ([how, variables, content]) => [application, how, variables, content] as const,
    ),
  ),
)('the model calls of %s are recorded %s', async (application, _how, variables, content) => {
  await using sink = await startOtlpSink();
  await using models = await startModelEmulator();

  const { code, stderr, stdout } = await runNode(
    ['--import', '@llm-otel/sdk/register', application],
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      MODELS: models.url,
      ...variables,
    },
  ).ended;

  expect([code, stderr, stdout]).toEqual([0, '', '1']);
  expect(sink.spans.map(({ name }) => name).toSorted()).toEqual([
    'chat amazon.nova-lite-v1:0',
    'chat claude-opus-4-8',
    'chat gpt-5-mini',
    'generate_content gemini-2.5-flash',
  ]);
  for (const { attributes } of sink.spans)
    expect('gen_ai.input.messages' in attributes).toBe(content);
});

test('clients that are imported by other names than those of their packages are observed too, once', async () => {
  await using sink = await startOtlpSink();
  await using models = await startModelEmulator();

  const { code, stderr } = await runNode(
    ['--import', '@llm-otel/sdk/register', 'other-entries.mjs'],
    { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, MODELS: models.url },
  ).ended;

  expect([code, stderr]).toEqual([0, '']);
  expect(sink.spans.map(({ name }) => name).toSorted()).toEqual([
    'chat claude-opus-4-8',
    'chat gpt-5-mini',
    'chat gpt-5-mini',
    'generate_content gemini-2.5-flash',
    'generate_content gemini-2.5-flash',
  ]);
});

test('instrumentations of upstream that are named observe too; one that is not installed is told, and so is one for a client that is observed already', async () => {
  await using sink = await startOtlpSink();
  await using models = await startModelEmulator();

  const { code, stderr } = await runNode(['--import', '@llm-otel/sdk/register', 'clients.mjs'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    MODELS: models.url,
    OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'undici, ../nothing,nowhere,openai',
  }).ended;

  expect(code).toBe(0);
  expect(stderr).toContain('@opentelemetry/instrumentation-nowhere is not installed');
  expect(stderr).toContain('names openai, which @llm-otel/instrumentation-openai observes already');
  const spanOf = (name: string) => sink.spans.filter((span) => span.name === name);
  const [chat] = spanOf('chat gpt-5-mini');
  // Bedrock's client speaks HTTP/2, which undici does not see.
  expect(sink.spans).toHaveLength(7);
  expect(spanOf('POST').map(({ parentSpanId }) => parentSpanId)).toContain(chat?.spanId);
});

test('disabled, nothing observes', async () => {
  await using models = await startModelEmulator();

  const { code, stderr, stdout } = await runNode(
    ['--import', '@llm-otel/sdk/register', 'clients.mjs'],
    {
      OTEL_SDK_DISABLED: 'true',
      MODELS: models.url,
    },
  ).ended;

  expect([code, stderr, stdout]).toEqual([0, '', '0']);
});

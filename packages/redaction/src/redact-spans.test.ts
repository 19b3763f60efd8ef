import type { ReadableSpan, Resource, SpanExporter } from '@llm-otel/core';
import type { Attributes } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { exportedSpans } from '../test/exported-spans.ts';
import { openAiKey } from '../test/made-secrets.ts';
import { redactSpans } from './redact-spans.ts';
import { redactingExporter } from './redacting-exporter.ts';
import { createRedactor } from './redactor.ts';

async function recorded(attributes: Attributes): Promise<ReadableSpan> {
  const [span] = await exportedSpans({ version: 1, enabled: false }, (tracer) =>
    tracer.startSpan('work', { attributes }).end(),
  );
  return span!;
}

function withResource(span: ReadableSpan, resource: Resource): ReadableSpan {
  return Object.create(span, { resource: { value: resource } }) as ReadableSpan;
}

describe('the transform', () => {
  test('redacts a resource once and gives all its spans the same one', async () => {
    const redaction = redactSpans(createRedactor());
    const resource = { attributes: { 'process.command_args': ['run', openAiKey] }, schemaUrl: 'u' };
    const [a, b] = [
      withResource(await recorded({ n: 1 }), resource),
      withResource(await recorded({ n: 2 }), resource),
    ].map((span) => redaction.transform(span));

    expect(a?.resource).toEqual({
      attributes: { 'process.command_args': ['run', '[REDACTED:openai_api_key]'] },
      schemaUrl: 'u',
    });
    expect(b?.resource).toBe(a?.resource);
  });

  test('looks again at a resource that detectors still add to', async () => {
    const redaction = redactSpans(createRedactor());
    const attributes: Record<string, string> = {};
    const resource = { attributes, asyncAttributesPending: true };
    const span = withResource(await recorded({}), resource);

    const before = redaction.transform(span);
    attributes.late = openAiKey;
    const after = redaction.transform(span);

    expect(before.resource).toBe(resource);
    expect(after.resource.attributes).toEqual({ late: '[REDACTED:openai_api_key]' });
  });

  test('redacts the scope once and gives all its spans the same one', async () => {
    const redaction = redactSpans(createRedactor());
    const scope = { name: `lib ${openAiKey}`, version: '1', attributes: { token: openAiKey } };
    const span = Object.create(await recorded({}), {
      instrumentationScope: { value: scope },
    }) as ReadableSpan;

    const [a, b] = [redaction.transform(span), redaction.transform(span)];

    expect(a.instrumentationScope).toMatchObject({
      name: 'lib [REDACTED:openai_api_key]',
      version: '1',
    });
    expect(JSON.stringify(a.instrumentationScope)).not.toContain(openAiKey);
    expect(b.instrumentationScope).toBe(a.instrumentationScope);
  });

  test('redacts what a scope and a resource say of themselves beside their attributes', async () => {
    const redaction = redactSpans(createRedactor());
    const schemaUrl = `https://example.com/schemas?token=${openAiKey}`;
    const span = Object.create(await recorded({}), {
      instrumentationScope: { value: { name: 'lib', version: openAiKey, schemaUrl } },
      resource: { value: { attributes: {}, schemaUrl } },
    }) as ReadableSpan;
    const { instrumentationScope, resource } = redaction.transform(span);

    expect(instrumentationScope.version).toBe('[REDACTED:openai_api_key]');
    expect(instrumentationScope.schemaUrl).toMatch(/token=\[REDACTED:\w+\]$/);
    expect(resource.schemaUrl).toMatch(/token=\[REDACTED:\w+\]$/);
  });

  test('puts a note where attributes cannot be read at all', async () => {
    const redaction = redactSpans(createRedactor());
    const attributes = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    const span = Object.create(await recorded({}), {
      attributes: { value: attributes },
    }) as ReadableSpan;

    expect(redaction.transform(span).attributes).toEqual({
      'llm_otel.redaction': '[REDACTED:error]',
    });
  });
});

describe('the exporter', () => {
  const base: SpanExporter = { export: (_, done) => done({ code: 0 }), shutdown: async () => {} };

  test('passes on the result, a flush and the shutdown', async () => {
    const calls: string[] = [];
    const exporter = redactingExporter(createRedactor())({
      export: (spans, done) => done({ code: spans.length === 0 ? 0 : 1 }),
      forceFlush: async () => void calls.push('flush'),
      shutdown: async () => void calls.push('shutdown'),
    });

    const results: number[] = [];
    exporter.export([], ({ code }) => results.push(code));
    exporter.export([await recorded({})], ({ code }) => results.push(code));
    await exporter.forceFlush?.();
    await exporter.shutdown();

    expect(results).toEqual([0, 1]);
    expect(calls).toEqual(['flush', 'shutdown']);
  });

  test('has no flush where the one behind it has none', () => {
    expect(redactingExporter(createRedactor())(base)).not.toHaveProperty('forceFlush');
  });

  test('leaves out a span that cannot be redacted and exports the others', async () => {
    const exported: ReadableSpan[] = [];
    const redactor = createRedactor();
    const broken = Object.create(await recorded({}), {
      name: {
        get() {
          throw new Error('no');
        },
      },
    }) as ReadableSpan;
    const good = await recorded({ a: 1 });

    redactingExporter(redactor)({
      ...base,
      export: (spans) => void exported.push(...spans),
    }).export([broken, good], () => {});

    expect(exported).toEqual([good]);
    expect(redactor.report().failed).toBe(1);
  });
});

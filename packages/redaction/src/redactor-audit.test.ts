import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { describe, expect, test } from 'vitest';
import { exportedSpan, exportedSpans } from '../test/exported-spans.ts';
import { emailAddress, openAiKey } from '../test/made-secrets.ts';
import { publishRedactions } from './publish-redactions.ts';
import { redactLogs } from './redact-logs.ts';
import { redactMetrics } from './redact-metrics.ts';
import { redactSpans } from './redact-spans.ts';
import type { RedactionFinding } from './redaction-counts.ts';
import { createRedactor } from './redactor.ts';

describe('the audit', () => {
  test('counts by kind, action, signal and attribute, and holds no value', async () => {
    const redactor = createRedactor({
      version: 1,
      presets: ['secrets', 'pii'],
      actions: { email_address: 'partial' },
    });
    await exportedSpans(redactor, (tracer) => {
      tracer
        .startSpan(`chat ${openAiKey}`, {
          attributes: { note: emailAddress, [`x ${emailAddress}`]: 1 },
        })
        .end();
    });
    redactor.redact(openAiKey);
    redactor.redactDeep({ outer: { inner: `${emailAddress} ${emailAddress}` } });

    const audit = redactor.audit();

    const all = { kind: 'email_address', action: 'partial', signal: undefined } as const;
    expect(audit.counts).toEqual([
      { kind: 'openai_api_key', action: 'mask', signal: 'traces', attribute: undefined, count: 1 },
      { ...all, signal: 'traces', attribute: 'note', count: 1 },
      // In the name of an attribute.
      { ...all, signal: 'traces', attribute: undefined, count: 1 },
      { kind: 'openai_api_key', action: 'mask', signal: undefined, attribute: undefined, count: 1 },
      { ...all, attribute: 'outer', count: 2 },
    ]);
    expect(audit.redacted).toEqual({ openai_api_key: 2, email_address: 4 });
    expect(JSON.stringify(audit)).not.toContain(emailAddress);
  });

  test('a finding in the name of an attribute counts each time it leaves', () => {
    const redactor = createRedactor();
    for (let i = 0; i < 3; i++) redactor.redactDeep({ a: 1, [`k ${openAiKey}`]: 'x' });

    expect(redactor.report().redacted).toEqual({ openai_api_key: 3 });
    expect(redactor.audit().counts).toMatchObject([{ attribute: undefined, count: 3 }]);
  });

  test('has a bound: beyond a thousand entries attributes are not told apart', () => {
    const redactor = createRedactor();
    for (let i = 0; i < 1500; i++) redactor.redactDeep({ [`note.${i}`]: openAiKey });

    const { counts, redacted } = redactor.audit();
    expect(redacted).toEqual({ openai_api_key: 1500 });
    expect(counts).toHaveLength(1001);
    expect(counts.at(-1)).toMatchObject({ attribute: undefined, count: 500 });
  });
});

test('a listener is told of every finding, and one that throws harms nobody', () => {
  const findings: RedactionFinding[] = [];
  const listening = createRedactor(
    { version: 1 },
    { onFinding: (finding) => findings.push(finding) },
  );
  listening.forSignal('logs').redactDeep({ note: openAiKey });
  expect(findings).toEqual([
    { kind: 'openai_api_key', action: 'mask', signal: 'logs', attribute: 'note' },
  ]);

  const throwing = createRedactor(
    { version: 1 },
    {
      onFinding: () => {
        throw new Error('no');
      },
    },
  );
  expect(throwing.redact(openAiKey)).toBe('[REDACTED:openai_api_key]');
});

test('what was counted can be read as metrics', async () => {
  const redactor = createRedactor();
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const stop = publishRedactions(provider.getMeter('test'), redactor);
  redactor.forSignal('traces').redactDeep({ a: openAiKey, b: openAiKey });
  redactor.fail(new Error('x'));

  await provider.forceFlush();
  stop();
  await provider.shutdown();

  const [first] = exporter.getMetrics();
  const points = first?.scopeMetrics[0]?.metrics.map(({ descriptor, dataPoints }) => [
    descriptor.name,
    dataPoints.map(({ value, attributes }) => ({ value, ...attributes })),
  ]);
  expect(points).toEqual([
    [
      'llm_otel.redaction.findings',
      [
        {
          value: 2,
          'llm_otel.redaction.kind': 'openai_api_key',
          'llm_otel.redaction.action': 'mask',
          'llm_otel.redaction.signal': 'traces',
        },
      ],
    ],
    ['llm_otel.redaction.failures', [{ value: 1 }]],
  ]);
});

test('explain says what would go and why, without the value and without counting', () => {
  const redactor = createRedactor({
    version: 1,
    presets: ['secrets', 'pii'],
    actions: { email_address: 'remove' },
  });
  const text = `password=hunter22 by ${emailAddress}`;

  const found = redactor.explain(text);

  expect(found).toEqual([
    {
      kind: 'sensitive_key',
      start: 9,
      end: 17,
      action: 'mask',
      because: 'the name of its key says that it is secret',
    },
    {
      kind: 'email_address',
      start: 21,
      end: text.length,
      action: 'remove',
      because: 'it has the format of email_address',
    },
  ]);
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(['hunter22', emailAddress]);
  expect(redactor.report().redacted).toEqual({});
  expect(createRedactor({ version: 1, enabled: false }).explain(text)).toEqual([]);
});

describe('an update', () => {
  test('holds from the next value on, also for what was remembered', () => {
    const redactor = createRedactor({ version: 1, presets: ['pii'] });
    const spans = redactSpans(redactor);
    const metrics = redactMetrics(redactor);
    const resource = { attributes: { owner: emailAddress, key: openAiKey } };
    const point = {
      resource,
      scopeMetrics: [
        {
          scope: { name: openAiKey },
          metrics: [
            {
              descriptor: { name: 'm', description: openAiKey, unit: '1' },
              dataPoints: [{ attributes: { key: openAiKey } }],
            },
          ],
        },
      ],
    };
    const text = () => JSON.stringify(metrics(point));
    expect(text()).toContain(openAiKey);
    expect(redactor.revision).toBe(0);

    redactor.update({ version: 1 });

    expect(redactor.revision).toBe(1);
    expect(text()).not.toContain(openAiKey);
    expect(text()).toContain(emailAddress);
    expect(spans.name).toBe('redaction');
  });

  test('can switch everything off and on again, and a bad policy changes nothing', () => {
    const redactor = createRedactor();
    const logs = redactLogs(redactor);
    const record = {
      hrTime: [1, 2] as [number, number],
      hrTimeObserved: [1, 2] as [number, number],
      body: openAiKey,
      attributes: {},
      resource: { attributes: {} },
      instrumentationScope: { name: 'app' },
      droppedAttributesCount: 0,
    };
    expect(() => redactor.update({ version: 1, level: 'sure' as 'high' })).toThrow(
      'redaction.level is "sure"',
    );
    expect(logs.transform(record).body).toBe('[REDACTED:openai_api_key]');
    redactor.update({ version: 1, enabled: false });
    expect([redactor.enabled, logs.transform(record)]).toEqual([false, record]);
    redactor.update({ version: 1 });
    expect(logs.transform(record).body).toBe('[REDACTED:openai_api_key]');
  });
});

describe('the sensitivity of a record', () => {
  const policy = { version: 1, presets: ['secrets', 'pii'], sensitivity: true } as const;
  const classOf = async (attributes: Record<string, string>): Promise<unknown> =>
    (await exportedSpan(policy, { attributes })).attributes['telemetry.sensitivity'];

  test('is written where the policy asks for it', async () => {
    expect(await classOf({ note: 'x' })).toBe('internal');
    expect(await classOf({ note: emailAddress })).toBe('confidential');
    expect(await classOf({ 'gen_ai.input.messages': '[]' })).toBe('confidential');
    expect(await classOf({ note: `${emailAddress} ${openAiKey}` })).toBe('restricted');
    expect(await classOf({ password: 'x y' })).toBe('restricted');
  });

  test('is not that of the record before, and not what the application has set', async () => {
    const spans = await exportedSpans(policy, (tracer) => {
      tracer.startSpan('a', { attributes: { note: openAiKey } }).end();
      tracer.startSpan('b').end();
      tracer.startSpan('c', { attributes: { 'telemetry.sensitivity': 'public' } }).end();
    });

    expect(spans.map(({ attributes }) => attributes['telemetry.sensitivity'])).toEqual([
      'restricted',
      'internal',
      'public',
    ]);
  });

  test('is written on log records too, and not at all by default', async () => {
    const record = {
      hrTime: [1, 2] as [number, number],
      hrTimeObserved: [1, 2] as [number, number],
      body: openAiKey,
      attributes: { a: 1 },
      resource: { attributes: {} },
      instrumentationScope: { name: 'app' },
      droppedAttributesCount: 0,
    };

    expect(redactLogs(createRedactor(policy)).transform(record).attributes).toEqual({
      a: 1,
      'telemetry.sensitivity': 'restricted',
    });
    expect(redactLogs(createRedactor()).transform(record).attributes).toEqual({ a: 1 });
    const span = await exportedSpan(undefined, { attributes: { note: openAiKey } });
    expect(span.attributes).not.toHaveProperty('telemetry.sensitivity');
  });
});

import { SeverityNumber } from '@opentelemetry/api';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { expect, test } from 'vitest';
import { anthropicKey, joined, openAiKey } from '../test/made-secrets.ts';
import type { RedactionPolicy } from './policy/index.ts';
import { redactLogs } from './redact-logs.ts';
import { redactingLogExporter } from './redacting-log-exporter.ts';
import { createRedactor } from './redactor.ts';

type Written = Parameters<ReturnType<LoggerProvider['getLogger']>['emit']>[0];

/** What reaches the exporter behind the redaction, of records written with the real SDK. */
async function exported(policy: RedactionPolicy, ...records: readonly Written[]) {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    processors: [
      new SimpleLogRecordProcessor({
        exporter: redactingLogExporter(createRedactor(policy))(exporter),
      }),
    ],
  });
  const logger = provider.getLogger(`app ${openAiKey}`);
  for (const record of records) logger.emit(record);
  await provider.forceFlush();
  const finished = exporter.getFinishedLogRecords();
  await provider.shutdown();
  return finished;
}

test('the body and the attributes of a log record are redacted, nested values too', async () => {
  const [record] = await exported(
    { version: 1, presets: ['secrets', 'pii'] },
    {
      severityNumber: SeverityNumber.INFO,
      severityText: 'INFO',
      eventName: 'gen_ai.client.inference.operation.details',
      body: {
        messages: [{ role: 'user', content: `key ${openAiKey}` }],
        password: 'hunter2',
        n: 1,
      },
      attributes: {
        'exception.message': `401 for ${anthropicKey}`,
        'exception.stacktrace': `Error: ${anthropicKey}\n    at main.ts:1:1`,
        'user.contact': 'ada@example.com',
        count: 3,
      },
    },
  );

  expect(record?.body).toEqual({
    messages: [{ role: 'user', content: 'key [REDACTED:openai_api_key]' }],
    password: '[REDACTED:sensitive_key]',
    n: 1,
  });
  expect(record?.attributes).toEqual({
    'exception.message': '401 for [REDACTED:anthropic_api_key]',
    'exception.stacktrace': 'Error: [REDACTED:anthropic_api_key]\n    at main.ts:1:1',
    'user.contact': '[REDACTED:email_address]',
    count: 3,
  });
  expect(record).toMatchObject({
    severityNumber: SeverityNumber.INFO,
    severityText: 'INFO',
    eventName: 'gen_ai.client.inference.operation.details',
    instrumentationScope: { name: 'app [REDACTED:openai_api_key]' },
    droppedAttributesCount: 0,
  });
  expect(record?.hrTime[0]).toBeGreaterThan(0);
});

test('a body that is text, a line of a log or JSON, is redacted and stays what it is', async () => {
  const records = await exported(
    { version: 1 },
    { body: joined('2026-11-20 INFO DB_PASS', 'WORD=hunter22 loaded') },
    { body: JSON.stringify({ token: openAiKey, n: 1 }) },
  );

  expect(records.map(({ body }) => body)).toEqual([
    '2026-11-20 INFO DB_PASSWORD=[REDACTED:sensitive_key] loaded',
    '{"token":"[REDACTED:sensitive_key]","n":1}',
  ]);
});

test('prompts and completions in log records go where the policy keeps none', async () => {
  const [record] = await exported(
    { version: 1, prompts: false, completions: false },
    {
      attributes: { 'gen_ai.input.messages': '[]', 'gen_ai.output.messages': '[]', kept: 'x' },
      body: 'event',
    },
  );

  expect(record?.attributes).toEqual({ kept: 'x' });
});

test('a record with nothing to hide is handed on as it is, and so is every one when redaction is off', () => {
  const record = {
    hrTime: [1, 2] as [number, number],
    hrTimeObserved: [1, 2] as [number, number],
    body: 'started',
    attributes: { port: 80 },
    resource: { attributes: {} },
    instrumentationScope: { name: 'app' },
    droppedAttributesCount: 0,
  };

  expect(redactLogs(createRedactor()).transform(record)).toBe(record);
  const off = createRedactor({ version: 1, enabled: false });
  const secret = { ...record, body: openAiKey };
  expect(redactLogs(off).transform(secret)).toBe(secret);
});

test('a record that cannot be read is left out and counted, and the others leave', () => {
  const redactor = createRedactor();
  const received: unknown[] = [];
  const exporter = redactingLogExporter(redactor)({
    export: (records) => void received.push(...records),
    shutdown: () => Promise.resolve(),
  });
  const good = {
    hrTime: [1, 2] as [number, number],
    hrTimeObserved: [1, 2] as [number, number],
    body: 'started',
    attributes: {},
    resource: { attributes: {} },
    instrumentationScope: { name: 'app' },
    droppedAttributesCount: 0,
  };
  const bad = Object.defineProperty({ ...good }, 'resource', {
    get: () => {
      throw new Error('no resource');
    },
  });

  exporter.export([bad, good], () => undefined);

  expect(received).toEqual([good]);
  expect(redactor.report().failed).toBe(1);
  return expect(exporter.forceFlush()).resolves.toBeUndefined();
});

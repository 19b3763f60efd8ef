import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { afterAll, expect, test } from 'vitest';
import { contextToJson } from '@llm-otel/propagation';
import { type RecordedSpan, tracer } from './fixtures/recorded-spans.ts';

const folder = mkdtempSync(join(tmpdir(), 'outbox-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a process that reads the outbox later continues each trace, and its batch links to all', async () => {
  const file = join(folder, 'outbox.sqlite');
  const database = new DatabaseSync(file);
  database.exec('create table outbox (id integer primary key, body text, context text)');
  const insert = database.prepare('insert into outbox (body, context) values (?, ?)');
  const spans: Span[] = [];
  for (const order of ['first', 'second']) {
    const span = tracer.startSpan(`order ${order}`);
    spans.push(span);
    insert.run(order, contextToJson(trace.setSpan(ROOT_CONTEXT, span)) ?? null);
  }
  insert.run('from a job without a trace', contextToJson(ROOT_CONTEXT) ?? null);
  database.close();

  const relay = fork(join(import.meta.dirname, 'fixtures/outbox-relay.ts'), [file], {
    execArgv: [],
    env: { PATH: process.env['PATH'] },
  });
  const [recorded] = (await once(relay, 'message')) as [readonly RecordedSpan[]];

  const [first, second] = spans.map((span) => span.spanContext());
  const [batch, ...rows] = recorded;
  expect(rows).toMatchObject([
    { traceId: first?.traceId, parentSpanId: first?.spanId, pid: relay.pid },
    { traceId: second?.traceId, parentSpanId: second?.spanId, pid: relay.pid },
    { parentSpanId: null },
  ]);
  expect(batch).toMatchObject({
    parentSpanId: null,
    links: [first, second].map((link) => `${link?.traceId}/${link?.spanId}`),
  });
  expect(new Set(recorded.map(({ traceId }) => traceId)).size).toBe(4);
});

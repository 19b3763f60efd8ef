import assert from 'node:assert/strict';
import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { bridgeConsole } from '@llm-otel/logs-bridge';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { observed, test } from './support.ts';

interface Found {
  readonly body?: unknown;
  readonly severityNumber?: number;
  readonly spanContext?: { readonly traceId: string; readonly spanId: string };
}

test('a line of the console is a log record of its span on the SDK of this line', async () => {
  const records: Found[] = [];
  const processor = {
    onEmit: (record: unknown) => void records.push(record as Found),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const output = new Console(new PassThrough().resume());
  let expected: { traceId: string; spanId: string } | undefined;

  await observed({ logRecordProcessors: [processor] }, (telemetry) => {
    const remove = bridgeConsole({
      console: output,
      loggerProvider: { getLogger: (name) => telemetry.logger(name) },
    });
    telemetry.tracer().startActiveSpan('work', (span) => {
      expected = span.spanContext();
      output.warn({ order: 7 });
      span.end();
    });
    remove();
    output.warn('afterwards');
  });

  assert.equal(records.length, 1);
  assert.deepEqual(records[0]?.body, { order: 7 });
  assert.equal(records[0]?.severityNumber, 13);
  assert.equal(records[0]?.spanContext?.traceId, expected?.traceId);
  assert.equal(records[0]?.spanContext?.spanId, expected?.spanId);
});

test('after startTelemetry a bridge needs no option, on either line', async () => {
  const records: Found[] = [];
  const processor = {
    onEmit: (record: unknown) => void records.push(record as Found),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const output = new Console(new PassThrough().resume());
  await observed({ logRecordProcessors: [processor] }, () => {
    const remove = bridgeConsole({ console: output });
    output.warn('found by itself');
    remove();
  });

  assert.deepEqual(
    records.map(({ body }) => body),
    ['found by itself'],
  );
});

test('the stock provider of this line is taken as it is, also by its types', () => {
  const bodies: unknown[] = [];
  const processor = {
    onEmit: ({ body }: { readonly body?: unknown }) => void bodies.push(body),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const output = new Console(new PassThrough().resume());

  const remove = bridgeConsole({
    console: output,
    loggerProvider: new LoggerProvider({ processors: [processor] }),
  });
  output.log('hello');
  remove();

  assert.deepEqual(bodies, ['hello']);
});

import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { expect, test } from 'vitest';
import { logRecordView } from './log-record-view.ts';
import type { ReadableLogRecord } from './sdk-types.ts';

function emittedRecord(): ReadableLogRecord {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  provider.getLogger('test', '1.2.3').emit({
    eventName: 'happened',
    severityNumber: 9,
    severityText: 'INFO',
    body: { text: 'hello' },
    attributes: { a: [{ b: 1 }] },
  });
  return exporter.getFinishedLogRecords()[0] as ReadableLogRecord;
}

test('a view without changes equals the record in every member', () => {
  const record = emittedRecord();
  const view = logRecordView(record, {});

  expect(Object.keys(view)).toHaveLength(11);
  for (const member of Object.keys(view) as (keyof ReadableLogRecord)[])
    expect(view[member], member).toBe(record[member]);
});

test('a change shows in the view and leaves the record alone', () => {
  const record = emittedRecord();
  const view = logRecordView(record, { attributes: { a: 2 }, severityText: undefined });

  expect([view.attributes, view.severityText]).toEqual([{ a: 2 }, undefined]);
  expect([record.attributes, record.severityText]).toEqual([{ a: [{ b: 1 }] }, 'INFO']);
});

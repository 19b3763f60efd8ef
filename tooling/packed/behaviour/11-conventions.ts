// Every operation of the GenAI conventions, with every attribute it may have, through the SDK of this line.
import assert from 'node:assert/strict';
import {
  checkConformance,
  type CheckedEvent,
  checkEventConformance,
  type CheckedSpan,
  runEveryOperation,
} from '@llm-otel/llm-conventions/conformance';
import { createGenAi } from '@llm-otel/llm-conventions';
import type { Attributes } from '@opentelemetry/api';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { test } from './support.ts';

const byText = (a: string, b: string): number => a.localeCompare(b);
const quiet = { forceFlush: () => Promise.resolve(), shutdown: () => Promise.resolve() };

type RecordedSpan = Omit<CheckedSpan, 'spanContext'> & {
  spanContext(): { readonly spanId: string; readonly traceId: string };
};

interface Recorded {
  readonly spans: RecordedSpan[];
  readonly atStart: Map<string, Attributes>;
  readonly events: CheckedEvent[];
}

async function recordAll(content: 'none' | 'both'): Promise<Recorded> {
  const recorded: Recorded = { spans: [], atStart: new Map(), events: [] };
  const provider = new TracerProvider({
    spanProcessors: [
      {
        ...quiet,
        onStart: (span) =>
          void recorded.atStart.set(span.spanContext().spanId, { ...span.attributes }),
        onEnd: (span) => void recorded.spans.push(span),
      },
    ],
  });
  const loggers = new LoggerProvider({
    processors: [{ ...quiet, onEmit: (record) => void recorded.events.push(record) }],
  });
  await runEveryOperation(
    createGenAi({
      tracer: provider.getTracer('app'),
      logger: loggers.getLogger('app'),
      content,
      exceptions: 'both',
    }),
  );
  return recorded;
}

test('every span of the conventions passes the conformance check', async () => {
  const { spans, atStart } = await recordAll('both');

  const reports = spans.map((span) =>
    checkConformance(span, {
      content: true,
      atStart: atStart.get(span.spanContext().spanId),
    }),
  );
  assert.deepEqual(
    reports.filter(({ passed }) => !passed).map((report) => report.toString()),
    [],
  );
  assert.equal(new Set(reports.map(({ type }) => type)).size, 21);
});

test('no attribute holds content unless it is asked for', async () => {
  const { spans } = await recordAll('none');

  assert.deepEqual(
    spans.flatMap((span) => checkConformance(span).errors),
    [],
  );
});

test('every event of the conventions arrives at the logger and passes', async () => {
  const { events } = await recordAll('both');

  assert.deepEqual(
    events.flatMap((event) => checkEventConformance(event, { content: true }).errors),
    [],
  );
  assert.deepEqual([...new Set(events.map(({ eventName = '' }) => eventName))].toSorted(byText), [
    'gen_ai.client.inference.operation.details',
    'gen_ai.client.operation.exception',
    'gen_ai.evaluation.result',
  ]);
});

import { context } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  checkConformance,
  checkEventConformance,
  checkMetricConformance,
  runEveryOperation,
} from '../src/conformance.ts';
import { createGenAi } from '../src/index.ts';
import {
  genAiEventDefinitions,
  genAiMetricDefinitions,
  genAiSpanDefinitions,
} from '../src/model.ts';
import { type RecordedPoint, recordSignals, type Recording } from './record-signals.ts';

let recording: Recording;
let points: RecordedPoint[];

beforeEach(async () => {
  recording = recordSignals();
  await runEveryOperation(createGenAi({ ...recording, content: 'both', exceptions: 'both' }));
  points = await recording.points();
});
afterEach(() => context.disable());

const check = (span: ReturnType<Recording['spans']>[number]) =>
  checkConformance(span, {
    content: true,
    atStart: recording.atStart.get(span.spanContext().spanId),
  });

test('every span passes, and has at its start what samplers need', () => {
  const reports = recording.spans().map(check);

  expect(reports.filter(({ passed }) => !passed).map((report) => report.toString())).toEqual([]);
  expect(reports.flatMap(({ warnings }) => warnings)).toEqual([]);
});

test('every span is of a known kind, also those that the conventions do not have', async () => {
  const { logger: _, ...withoutEvents } = recordSignals();
  await runEveryOperation(createGenAi({ ...withoutEvents, content: 'span' }));
  const spans = withoutEvents.spans();

  expect(spans.filter(({ name }) => name === 'evaluation relevance')).not.toEqual([]);
  expect(
    spans.flatMap((span) => checkConformance(span, { content: true, known: true }).errors),
  ).toEqual([]);
});

test('every kind of span of the model is among them, with every attribute the model lists for it', () => {
  const seen: Record<string, Set<string>> = {};
  for (const span of recording.spans()) {
    const names = (seen[check(span).type ?? ''] ??= new Set());
    for (const name of Object.keys(span.attributes)) names.add(name);
  }

  const missing = Object.entries(genAiSpanDefinitions).flatMap(([type, { attributes }]) =>
    Object.keys(attributes)
      .filter((name) => ![...(seen[type] ?? [])].some((one) => one.startsWith(name)))
      .map((name) => `${type}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every metric passes, and every metric of the model is recorded, with every attribute it may have', () => {
  const byName = Object.groupBy(points, ({ metric }) => metric);
  const reports = Object.entries(byName).map(([name, recorded = []]) =>
    checkMetricConformance({ name, unit: recorded[0]?.unit ?? '', points: recorded }),
  );

  expect(
    reports.flatMap(({ subject, errors }) => errors.map(({ message }) => [subject, message])),
  ).toEqual([]);
  // Those of agents are recorded by agent-tracing.
  const own = Object.values(genAiMetricDefinitions).filter(
    ({ name }) => !name.startsWith('llm_otel.agent.'),
  );
  const missing = own.flatMap(({ name, attributes }) => {
    const seen = new Set((byName[name] ?? []).flatMap((point) => Object.keys(point.attributes)));
    return Object.entries(attributes)
      .filter(([attribute, { level }]) => level !== 'opt_in' && !seen.has(attribute))
      .map(([attribute]) => `${name}: ${attribute}`);
  });
  expect(missing).toEqual([]);
});

test('every event passes, and every event of the conventions is sent, with every attribute it may have', () => {
  const events = recording.events();
  const reports = events.map((event) => checkEventConformance(event, { content: true }));

  expect(
    reports.flatMap(({ subject, errors }) => errors.map(({ message }) => [subject, message])),
  ).toEqual([]);
  const missing = Object.values(genAiEventDefinitions)
    .filter(({ name }) => name.startsWith('gen_ai.'))
    .flatMap(({ name, attributes }) => {
      const seen = events
        .filter(({ eventName }) => eventName === name)
        .flatMap((event) => Object.keys(event.attributes));
      return Object.keys(attributes)
        .filter((attribute) => !seen.some((one) => one.startsWith(attribute)))
        .map((attribute) => `${name}: ${attribute}`);
    });
  expect(missing).toEqual([]);
});

test('without content no attribute holds any', async () => {
  const off = recordSignals();
  await runEveryOperation(createGenAi(off));

  expect(off.spans()).toHaveLength(recording.spans().length);
  expect(off.spans().flatMap((span) => checkConformance(span).errors)).toEqual([]);
  expect(JSON.stringify(off.spans().map(({ attributes }) => attributes))).not.toContain('parcel');
});

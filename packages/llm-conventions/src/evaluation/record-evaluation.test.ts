import { context, diag, DiagLogLevel, trace } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { recordSignals } from '../../test/record-signals.ts';
import { createGenAi, type SpanReference, spanReference } from '../index.ts';

afterEach(() => {
  context.disable();
  diag.disable();
});

const evaluation = {
  name: 'hallucination',
  score: 0.9,
  label: 'hallucinated',
  explanation: 'No document names this price.',
};
const attributes = {
  'gen_ai.evaluation.name': 'hallucination',
  'gen_ai.evaluation.score.value': 0.9,
  'gen_ai.evaluation.score.label': 'hallucinated',
  'gen_ai.evaluation.explanation': 'No document names this price.',
};

test.each(['none', undefined] as const)(
  'an explanation may quote what was judged: it stays out where content does (%s)',
  (content) => {
    const recording = recordSignals();
    createGenAi({ ...recording, content }).evaluate(evaluation);
    const span = recording.tracer.startSpan('judged');
    createGenAi({ tracer: recording.tracer, content }).evaluate({ ...evaluation, span });
    span.end();

    const events = [...recording.events(), ...recording.spans().flatMap((one) => one.events)];
    expect(events).toHaveLength(2);
    for (const event of events) {
      expect(event.attributes).toMatchObject({ 'gen_ai.evaluation.score.value': 0.9 });
      expect(event.attributes).not.toHaveProperty(['gen_ai.evaluation.explanation']);
    }
  },
);

test('a reference that nobody can follow is told, and the evaluation is recorded without a span', () => {
  const recording = recordSignals();
  const messages: unknown[][] = [];
  const log = (...parts: unknown[]): void => void messages.push(parts);
  const logger = { error: log, warn: log, info: log, debug: log, verbose: log };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });

  createGenAi(recording).evaluate({ name: 'n', score: 1, span: { traceparent: '00-cut-off' } });

  expect(recording.events()).toHaveLength(1);
  expect(recording.events()[0]?.spanContext).toBeUndefined();
  expect(String(messages)).toContain('span.traceparent is "00-cut-off"');
});

test('ids without flags are told once, and each evaluation is recorded below its span', () => {
  const { tracer, spans } = recordSignals();
  const messages: unknown[][] = [];
  const log = (...parts: unknown[]): void => void messages.push(parts);
  const logger = { error: log, warn: log, info: log, debug: log, verbose: log };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };

  for (const traceFlags of [undefined, null, '01', Number.NaN]) {
    const span = { ...ids, traceFlags } as never;
    createGenAi({ tracer }).evaluate({ name: 'n', score: 1, span });
    expect(spanReference(span)?.traceparent).toMatch(/-01$/);
  }

  expect(spans()).toHaveLength(4);
  for (const { parentSpanContext, links } of spans()) {
    expect(parentSpanContext).toMatchObject(ids);
    expect(links[0]?.context).toMatchObject(ids);
  }
  expect(messages).toHaveLength(1);
  expect(String(messages)).toContain('span.traceFlags');
});

test('what is no span is told by the name of its option', () => {
  const recording = recordSignals();
  const messages: unknown[][] = [];
  const log = (...parts: unknown[]): void => void messages.push(parts);
  const logger = { error: log, warn: log, info: log, debug: log, verbose: log };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });

  createGenAi(recording).evaluate({ name: 'n', score: 1, span: 'abc' as never });

  expect(String(messages)).toContain('span is "abc": use a span, its context, or what');
});

test.each([
  ['text', 'garbage'],
  ['a number', 7],
  ['true', true],
  ['a symbol', Symbol('s')],
  ['an empty object', {}],
  ['a list', []],
  ['ids that are numbers', { traceId: 1, spanId: 2, traceFlags: 1 }],
  ['a context that is no function', { spanContext: 'x', isRecording: 'y' }],
  [
    'a context that throws',
    {
      spanContext: () => {
        throw new Error('gone');
      },
    },
  ],
  [
    'a getter that throws',
    {
      get spanContext(): never {
        throw new Error('gone');
      },
    },
  ],
  ['a proxy that was revoked', revoked()],
  ['a reference of numbers', { traceparent: 12, responseId: 9 }],
])('%s in the place of a span leaves the evaluation without one', (_, span) => {
  for (const withLogger of [true, false]) {
    const recording = recordSignals();
    const { logger, ...withoutLogger } = recording;
    const genAi = createGenAi(withLogger ? recording : withoutLogger);

    genAi.evaluate({ name: 'n', score: 1, span: span as never });

    const sent = [...recording.events(), ...recording.spans().flatMap(({ events }) => events)];
    expect(sent).toHaveLength(1);
    expect(sent[0]?.attributes).toEqual({
      'gen_ai.evaluation.name': 'n',
      'gen_ai.evaluation.score.value': 1,
    });
    expect(logger).toBeDefined();
    expect(recording.events()[0]?.spanContext).toBeUndefined();
  }
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('an evaluation', () => {
  test('is an event of the span that was judged, also when that has ended long ago', () => {
    const recording = recordSignals();
    const genAi = createGenAi({ ...recording, content: 'span' });
    const call = genAi.startInference({ provider: 'openai', model: 'm' });
    call.end();

    genAi.evaluate({ ...evaluation, span: call.span, atMillis: 1_790_000_009_000 });

    expect(recording.events()).toMatchObject([
      { eventName: 'gen_ai.evaluation.result', attributes, hrTime: [1_790_000_009, 0] },
    ]);
    expect(recording.events()[0]?.spanContext?.spanId).toBe(call.span.spanContext().spanId);
  });

  test('from another process finds its span by a reference that was stored as JSON', () => {
    const first = recordSignals();
    const call = createGenAi(first).startInference({ provider: 'openai', model: 'm' });
    call.end();
    const stored = JSON.stringify(spanReference(call.span, 'r-7'));

    const other = recordSignals();
    createGenAi({ ...other, content: 'span' }).evaluate({
      ...evaluation,
      span: JSON.parse(stored) as SpanReference,
    });

    const { traceId, spanId } = call.span.spanContext();
    expect(other.events()[0]?.spanContext).toMatchObject({ traceId, spanId });
    expect(other.events()[0]?.attributes).toEqual({ ...attributes, 'gen_ai.response.id': 'r-7' });
  });

  test('goes to the active span where no other is named, and to none where only the response is known', () => {
    const recording = recordSignals();
    const genAi = createGenAi({ ...recording, content: 'span' });
    const span = recording.tracer.startSpan('answer');

    context.with(trace.setSpan(context.active(), span), () => {
      genAi.evaluate(evaluation);
      genAi.evaluate({ ...evaluation, responseId: 'r-1' });
    });

    const [inside, alone] = recording.events();
    expect(inside?.spanContext?.spanId).toBe(span.spanContext().spanId);
    expect(alone?.spanContext).toBeUndefined();
    expect(alone?.attributes['gen_ai.response.id']).toBe('r-1');
  });

  test('is counted by its label, and its score is measured', async () => {
    const recording = recordSignals();
    const genAi = createGenAi({ ...recording, content: 'span' });

    for (const label of ['hallucinated', 'grounded', 'hallucinated'])
      genAi.evaluate({ ...evaluation, label });
    genAi.evaluate({ name: 'hallucination', error: new TypeError('no judge') });

    const points = await recording.points();
    const counts = points.filter(({ metric }) => metric === 'llm_otel.evaluation.results');
    expect(counts.map((point) => [point.attributes, point.sum])).toEqual([
      [
        {
          'gen_ai.evaluation.name': 'hallucination',
          'gen_ai.evaluation.score.label': 'hallucinated',
        },
        2,
      ],
      [
        { 'gen_ai.evaluation.name': 'hallucination', 'gen_ai.evaluation.score.label': 'grounded' },
        1,
      ],
      [{ 'gen_ai.evaluation.name': 'hallucination', 'error.type': 'TypeError' }, 1],
    ]);
    const scores = points.filter(({ metric }) => metric === 'llm_otel.evaluation.score');
    expect(scores.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  describe('without a logger provider', () => {
    test('is an event on the span as long as that is open', () => {
      const recording = { ...recordSignals(), logger: undefined };
      const genAi = createGenAi({ ...recording, content: 'span' });
      const call = genAi.startInference({ provider: 'openai', model: 'm' });

      genAi.evaluate({ ...evaluation, span: call.span });
      call.end();

      const [span] = recording.spans();
      expect(recording.spans()).toHaveLength(1);
      expect(span?.events).toMatchObject([{ name: 'gen_ai.evaluation.result', attributes }]);
    });

    test.each([undefined, 1_790_000_009_000])(
      'is a span below the one that has ended, with a link to it (at %s)',
      (atMillis) => {
        const recording = { ...recordSignals(), logger: undefined };
        const genAi = createGenAi({ ...recording, content: 'span' });
        const call = genAi.startInference({ provider: 'openai', model: 'm' });
        call.end();

        genAi.evaluate({ ...evaluation, span: call.span.spanContext(), atMillis });

        const span = recording.spans()[1];
        const { spanId } = call.span.spanContext();
        expect(span).toMatchObject({
          name: 'evaluation hallucination',
          attributes: { 'llm_otel.evaluation.name': 'hallucination' },
          parentSpanContext: { spanId },
          links: [{ context: { spanId }, attributes: { 'llm_otel.link.kind': 'evaluated' } }],
          events: [{ name: 'gen_ai.evaluation.result', attributes }],
        });
        if (atMillis !== undefined) expect(span?.startTime).toEqual([1_790_000_009, 0]);
      },
    );
  });

  test.each([
    [{ ...evaluation, name: '' }, 'name is ""'],
    [undefined as never, 'recording an evaluation'],
  ])('that cannot be recorded is logged and left out: %j', (wrong, told) => {
    const messages: string[] = [];
    const error = (message: string): void => void messages.push(message);
    diag.setLogger({ error, warn() {}, info() {}, debug() {}, verbose() {} }, DiagLogLevel.ERROR);
    const recording = recordSignals();

    createGenAi({ ...recording, content: 'span' }).evaluate(wrong);

    expect(recording.events()).toEqual([]);
    expect(messages.join()).toContain(told);
  });
});

test('a score that is no number is told by its name', () => {
  const messages: unknown[][] = [];
  const error = (...parts: unknown[]): void => void messages.push(parts);
  diag.setLogger({ error, warn: error, info() {}, debug() {}, verbose() {} });

  createGenAi(recordSignals()).evaluate({ ...evaluation, score: Number.NaN });

  expect(String(messages)).toContain('score is "NaN": use a finite number');
});

test.each([Number.NaN, Infinity, '0.9', {}, Symbol('s')])(
  'a score that is no number costs itself alone: %s',
  async (score) => {
    const recording = recordSignals();

    createGenAi({ ...recording, content: 'span' }).evaluate({
      ...evaluation,
      score: score as never,
    });

    const { 'gen_ai.evaluation.score.value': _, ...rest } = attributes;
    expect(recording.events().map((event) => event.attributes)).toEqual([rest]);
    expect((await recording.points()).map(({ metric }) => metric)).toEqual([
      'llm_otel.evaluation.results',
    ]);
  },
);

describe('a reference', () => {
  const hex = (length: number) =>
    fc.string({
      unit: fc.constantFrom(...'0123456789abcdef'.split('')),
      minLength: length,
      maxLength: length,
    });

  test('names the span it was made of, whatever its ids and flags', () => {
    const recording = recordSignals();
    const genAi = createGenAi({ ...recording, content: 'span' });
    fc.assert(
      fc.property(hex(32), hex(16), fc.constantFrom(0, 1, 3), (traceId, spanId, traceFlags) => {
        const valid = !/^0+$/.test(traceId) && !/^0+$/.test(spanId);
        const reference = spanReference({ traceId, spanId, traceFlags });
        expect(reference === undefined).toBe(!valid);
        if (reference === undefined) return;

        genAi.evaluate({ ...evaluation, span: reference });

        expect(recording.events().at(-1)?.spanContext).toMatchObject({
          traceId,
          spanId,
          traceFlags,
        });
      }),
    );
  });

  test('that is no reference names no span', () => {
    const recording = recordSignals();
    const genAi = createGenAi({ ...recording, content: 'span' });
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constant(`ff-${'1'.repeat(32)}-${'1'.repeat(16)}-01`)),
        (traceparent) => {
          genAi.evaluate({ ...evaluation, span: { traceparent } });

          expect(recording.events().at(-1)?.spanContext).toBeUndefined();
        },
      ),
    );
  });
});

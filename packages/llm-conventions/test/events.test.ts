import { context, diag, logs, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createGenAi, type EventLogger, type GenAiOptions } from '../src/index.ts';
import { genAiEventDefinitions } from '../src/model.ts';
import { recordSignals, type Recording } from './record-signals.ts';

afterEach(() => {
  context.disable();
  logs.disable();
});

const request = { provider: 'openai', model: 'm', maxTokens: 7, conversationId: 'c-1' } as const;
const inputMessages = [{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }];
const DETAILS = 'gen_ai.client.inference.operation.details';

function record(options: GenAiOptions): Recording & { readonly call: () => Promise<unknown> } {
  const recording = recordSignals();
  const { tracer, meter, logger, clock } = recording;
  const genAi = createGenAi({ tracer, meter, logger, clock, ...options });
  return {
    ...recording,
    call: () =>
      genAi.inference({ ...request, inputMessages }, async (call) => {
        call.setAttributes({ 'openai.api.type': 'responses' }, { 'app.tier': 'gold' });
        call.recordResponse({
          id: 'r-1',
          usage: { inputTokens: 3, outputTokens: 2 },
          finishReasons: ['stop'],
          outputMessages: [{ role: 'assistant', parts: [{ type: 'text', content: 'hello' }] }],
        });
      }),
  };
}

describe('content for events that no logger takes', () => {
  function warningsOf(options: GenAiOptions, calls: number): string[] {
    const warn = vi.fn<(message: string) => void>();
    diag.setLogger({ ...console, verbose: () => undefined, warn });
    const { tracer, meter } = recordSignals();
    const genAi = createGenAi({ tracer, meter, ...options });
    for (let n = 0; n < calls; n++) genAi.startInference({ ...request, inputMessages }).end();
    diag.disable();
    return warn.mock.calls.map(([message]) => message);
  }

  test('is told of, once', () => {
    expect(warningsOf({ content: 'event' }, 3)).toEqual([
      expect.stringMatching(/content is "event", and no logger provider .*logs: true/),
    ]);
    expect(warningsOf({ content: 'both' }, 1)).toEqual([expect.stringContaining('is "both"')]);
  });

  test.each([
    ['none was asked for', { content: 'span', details: true }],
    ['there is a logger', { content: 'event', logger: { emit: () => undefined } }],
  ] as const)('is not told of where %s', (_, options) => {
    expect(warningsOf(options, 2)).toEqual([]);
  });
});

describe('the details event of a model call', () => {
  test('repeats the attributes of the span, belongs to it and has the severity of the conventions', async () => {
    const { call, events, spans } = record({ details: true });

    await call();

    const [event] = events();
    const [span] = spans();
    expect(events()).toHaveLength(1);
    expect(event?.eventName).toBe(DETAILS);
    expect(event?.severityNumber).toBe(genAiEventDefinitions[DETAILS]?.severityNumber);
    expect(event?.body).toBeUndefined();
    expect(event?.attributes).toEqual(span?.attributes);
    expect(event?.spanContext?.spanId).toBe(span?.spanContext().spanId);
  });

  test.each([
    ['none', false, false],
    ['span', true, false],
    ['event', false, true],
    ['both', true, true],
  ] as const)(
    'with content %s: on the span %s, on the event %s',
    async (content, onSpan, onEvent) => {
      const { call, events, spans } = record({ content });

      await call();

      const text = JSON.stringify(inputMessages);
      expect(spans()[0]?.attributes['gen_ai.input.messages']).toBe(onSpan ? text : undefined);
      expect(events()).toHaveLength(onEvent ? 1 : 0);
      // Structured, as the conventions ask for on events.
      expect(events()[0]?.attributes['gen_ai.input.messages']).toEqual(
        onEvent ? inputMessages : undefined,
      );
      expect('gen_ai.output.messages' in (events()[0]?.attributes ?? {})).toBe(onEvent);
    },
  );

  test('carries the type of the error where the call failed', async () => {
    const { events, ...recording } = record({ details: true });
    const genAi = createGenAi({ ...recording, details: true });

    await expect(
      genAi.inference(request, () => Promise.reject(new TypeError('no'))),
    ).rejects.toThrow('no');

    expect(events()[0]?.attributes['error.type']).toBe('TypeError');
  });

  test('is not sent where no logger provider is registered, and to the global one as soon as there is', async () => {
    const { call, loggers, events } = record({ content: 'event', logger: undefined });
    await call();
    expect(events()).toEqual([]);

    logs.setGlobalLoggerProvider(loggers);
    await call();

    expect(events()).toMatchObject([
      {
        eventName: DETAILS,
        instrumentationScope: {
          name: '@llm-otel/llm-conventions',
          schemaUrl: 'https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev',
        },
      },
    ]);
  });

  test('a logger that throws keeps neither the span open nor the result away', async () => {
    const logger: EventLogger = {
      emit() {
        throw new Error('vendor bug');
      },
    };
    const { call, spans } = record({ content: 'both', exceptions: 'both', logger });

    await call();

    expect(spans()).toHaveLength(1);
  });
});

describe('an exception', () => {
  const fail = (recording: Recording, options: GenAiOptions): void => {
    const call = createGenAi({ ...recording, ...options }).startInference(request);
    call.fail(new RangeError('out of range'));
  };

  test.each([
    ['span', 1, 0],
    ['event', 0, 1],
    ['both', 1, 1],
  ] as const)('told by %s: %d on the span, %d as an event', (exceptions, onSpan, asEvent) => {
    const recording = recordSignals();

    fail(recording, { exceptions });

    const [span] = recording.spans();
    expect(span?.status.message).toBe('out of range');
    expect(span?.events.map(({ name }) => name)).toEqual(Array(onSpan).fill('exception'));
    expect(recording.events()).toHaveLength(asEvent);
    for (const event of recording.events()) {
      expect(event.eventName).toBe('gen_ai.client.operation.exception');
      expect(event.severityNumber).toBe(13);
      expect(event.attributes).toMatchObject({
        'exception.type': 'RangeError',
        'exception.message': 'out of range',
      });
      expect(event.attributes['exception.stacktrace']).toContain('out of range');
      expect(event.spanContext?.spanId).toBe(span?.spanContext().spanId);
    }
  });

  test('stays on the span where no logger provider is registered', () => {
    const recording = recordSignals();

    fail({ ...recording, logger: undefined as never }, { exceptions: 'event' });

    expect(recording.spans()[0]?.events).toHaveLength(1);
  });

  test('a way to tell it that there is not is refused', () => {
    expect(() => createGenAi({ exceptions: 'log' as 'event' })).toThrow(
      'exceptions is "log": use "span", "event" or "both"',
    );
  });
});

test('where logs have an API package of their own, its global provider is used', async () => {
  const { loggers, events, tracer } = recordSignals();
  const key = Symbol.for('io.opentelemetry.js.api.logs');
  const globals = globalThis as unknown as Record<symbol, unknown>;
  globals[key] = () => loggers;
  // As on API 1.9.
  const { loggerSource } = await import('../src/event-logger.ts');
  const source = loggerSource('app', 'https://example.com/schema', undefined, {});

  const logger = source();
  logger?.emit({ eventName: 'e', context: trace.setSpan(context.active(), tracer.startSpan('s')) });
  delete globals[key];

  expect(events()).toMatchObject([{ eventName: 'e', instrumentationScope: { name: 'app' } }]);
  expect(source()).toBeUndefined();
});

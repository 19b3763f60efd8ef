import { context, ROOT_CONTEXT, type Span, trace, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isTracingOff, NO_SPAN } from './tracing-off.ts';
import { withSpan } from './with-span.ts';

let exporter: InMemorySpanExporter;
let provider: TracerProvider;
let tracer: Tracer;

beforeEach(() => {
  exporter = new InMemorySpanExporter();
  provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  tracer = provider.getTracer('test');
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
});
afterEach(() => {
  trace.disable();
  context.disable();
});

function names(): string[] {
  return exporter.getFinishedSpans().map(({ name }) => name);
}

test('the value of the work is returned and the span has ended', () => {
  expect(withSpan(tracer, 'work', {}, () => 42)).toBe(42);

  expect(names()).toEqual(['work']);
});

test('without options it has the defaults', () => {
  expect(withSpan(tracer, 'work', undefined, () => 42)).toBe(42);

  expect(names()).toEqual(['work']);
});

test('a span is active inside the work and not after it', () => {
  const active = withSpan(tracer, 'work', {}, (span) => [trace.getActiveSpan(), span]);

  expect(active[0]).toBe(active[1]);
  expect(trace.getActiveSpan()).toBeUndefined();
});

test('what the work throws reaches the caller as it is, and the span tells of it', () => {
  const error = new RangeError('no');

  expect(() =>
    withSpan(tracer, 'work', {}, () => {
      throw error;
    }),
  ).toThrow(error);

  expect(exporter.getFinishedSpans()[0]).toMatchObject({
    status: { code: 2, message: 'no' },
    attributes: { 'error.type': 'RangeError' },
  });
});

test('the span of asynchronous work ends when the promise settles', async () => {
  const { promise: work, resolve: finish } = Promise.withResolvers<string>();
  const result = withSpan(tracer, 'work', {}, () => work);

  expect(names()).toEqual([]);
  finish('done');

  await expect(result).resolves.toBe('done');
  expect(names()).toEqual(['work']);
});

test('a rejection passes through as it is and ends the span', async () => {
  const error = new Error('no');

  await expect(withSpan(tracer, 'work', {}, () => Promise.reject(error))).rejects.toBe(error);

  expect(exporter.getFinishedSpans()[0]?.status.code).toBe(2);
});

describe('a promise with methods of its own', () => {
  class ApiPromise<T> extends Promise<T> {
    // eslint-disable-next-line unicorn/no-thenable -- this is what client libraries do
    override then<A = T, B = never>(
      onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
      onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
    ): Promise<A | B> {
      return new Promise<T>((resolve, reject) => void super.then(resolve, reject)).then(
        onFulfilled,
        onRejected,
      );
    }

    withResponse(): string {
      return 'response';
    }
  }

  test('is the very one the caller gets, and the span ends with it', async () => {
    const promise = new ApiPromise<number>((resolve) => resolve(1));

    const result = withSpan(tracer, 'work', {}, () => promise);

    expect(result).toBe(promise);
    expect(result.withResponse()).toBe('response');
    await expect(result).resolves.toBe(1);
    expect(names()).toEqual(['work']);
  });

  test('may fail, handled once by the caller', async () => {
    const unhandled = vi.fn<() => void>();
    process.on('unhandledRejection', unhandled);

    const result = withSpan(
      tracer,
      'work',
      {},
      () => new ApiPromise((_, reject) => reject(new Error('no'))),
    );

    await expect(result).rejects.toThrow('no');
    await new Promise((resolve) => void setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(exporter.getFinishedSpans()[0]?.status.code).toBe(2);
  });
});

test('a lazy thenable is handed back without being asked', () => {
  const then = vi.fn<() => void>();
  // eslint-disable-next-line unicorn/no-thenable -- a query builder
  const query = { then };

  expect(withSpan(tracer, 'work', {}, () => query)).toBe(query);

  expect(then).not.toHaveBeenCalled();
});

test('a given parent is used instead of the active context', () => {
  const parent = tracer.startSpan('parent');

  withSpan(tracer, 'child', { parent: trace.setSpan(ROOT_CONTEXT, parent) }, () => undefined);

  expect(exporter.getFinishedSpans()[0]?.parentSpanContext).toEqual(parent.spanContext());
});

describe('a telemetry failure', () => {
  const broken: Tracer = {
    startSpan: () => {
      throw new Error('sampler');
    },
    startActiveSpan: () => undefined as never,
  };

  test('at the start does not keep the work from running', () => {
    expect(withSpan(broken, 'work', {}, () => 42)).toBe(42);
  });

  test('at the start leaves the trace as it was', () => {
    const parent = tracer.startSpan('parent');
    const options = { parent: trace.setSpan(ROOT_CONTEXT, parent) };

    const inside = withSpan(broken, 'work', options, () => trace.getActiveSpan());

    expect(inside?.spanContext()).toEqual(parent.spanContext());
    inside?.end();
    expect(names()).toEqual([]);
  });

  test('at the end does not reach the caller', async () => {
    const failing = new TracerProvider({
      spanProcessors: [
        {
          onStart: () => undefined,
          onEnd: () => {
            throw new Error('processor');
          },
          forceFlush: async () => undefined,
          shutdown: async () => undefined,
        },
      ],
    }).getTracer('test');

    expect(withSpan(failing, 'work', {}, () => 42)).toBe(42);
    await expect(withSpan(failing, 'work', {}, async () => 42)).resolves.toBe(42);
  });
});

describe('with tracing off', () => {
  beforeEach(() => context.disable());

  test('the work runs at once with the span that is nobody', () => {
    const seen: Span[] = [];

    expect(withSpan(trace.getTracer('off'), 'work', {}, (span) => seen.push(span))).toBe(1);

    expect(seen[0]).toBe(NO_SPAN);
    expect(NO_SPAN.isRecording()).toBe(false);
  });

  test('a promise is the very one the work made', () => {
    const promise = Promise.resolve();

    expect(withSpan(trace.getTracer('off'), 'work', {}, () => promise)).toBe(promise);
  });

  test('a tracer from before the provider is traced as soon as there is one', () => {
    const early = trace.getTracer('early');
    withSpan(early, 'before', {}, () => undefined);
    expect(isTracingOff(early)).toBe(true);

    trace.setGlobalTracerProvider(provider);
    withSpan(early, 'after', {}, () => undefined);

    expect(isTracingOff(early)).toBe(false);
    expect(names()).toEqual(['after']);
  });

  test('a tracer of a provider that is not global is always traced', () => {
    expect(isTracingOff(tracer)).toBe(false);
  });

  test('a parent that came in from outside is still carried on', () => {
    const parentContext = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
    const parent = trace.setSpanContext(ROOT_CONTEXT, parentContext);

    const seen = withSpan(trace.getTracer('off'), 'work', { parent }, (span) => span.spanContext());

    expect(seen).toEqual(parentContext);
  });

  test('an active context is still carried on', () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager());
    const parentContext = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };

    const seen = context.with(trace.setSpanContext(ROOT_CONTEXT, parentContext), () =>
      withSpan(trace.getTracer('off'), 'work', {}, (span) => span.spanContext()),
    );

    expect(seen).toEqual(parentContext);
  });
});

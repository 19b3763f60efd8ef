import { context, diag, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { type BrokenProcessor, brokenTracers, recordSpans } from '@llm-otel/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGenAi, Operation, runInside, signalSource } from '../src/index.ts';

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  context.disable();
  diag.disable();
});

const tracerOf = (processor: BrokenProcessor): Tracer =>
  new TracerProvider({ spanProcessors: [processor] }).getTracer('test');
const request = { provider: 'openai', model: 'm' };
const failure = new Error('of the work');

describe.each(brokenTracers(tracerOf))('%s', (_, tracer) => {
  const genAi = () => createGenAi({ tracer: tracer(), content: 'span' });
  const operation = () =>
    new Operation({ name: 'x', kind: 0 }, signalSource('test', { tracer: tracer() })());
  const kinds: [string, <T>(work: () => T) => T][] = [
    ['inference', (work) => genAi().inference(request, work)],
    ['embeddings', (work) => genAi().embeddings(request, work)],
    ['an operation', (work) => runInside(operation(), work)],
  ];

  test.each(kinds)('does not reach the caller of %s', async (_kind, run) => {
    expect(run(() => 'answer')).toBe('answer');
    expect(await run(() => Promise.resolve('answer'))).toBe('answer');
    expect(() =>
      run(() => {
        throw failure;
      }),
    ).toThrow(failure);
    await expect(run(() => Promise.reject(failure))).rejects.toBe(failure);
  });

  test('does not reach who ends a call by hand, or reads its stream', async () => {
    const call = genAi().startInference(request);
    async function* chunks() {
      yield 1;
      yield 2;
    }
    const read: number[] = [];
    for await (const chunk of call.stream(chunks())) read.push(chunk);
    call.end();
    genAi().startEmbeddings(request).fail(failure);

    expect(read).toEqual([1, 2]);
  });
});

test('a failing processor is logged at most once, not once a call', () => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log });
  const genAis = brokenTracers(tracerOf).map(([, tracer]) => createGenAi({ tracer: tracer() }));

  for (let count = 0; count < 3; count++)
    for (const genAi of genAis) genAi.inference(request, () => 1);

  expect(lines.filter((line) => line.includes('ending a span')).length).toBeLessThanOrEqual(1);
});

describe('a mistake of plain JavaScript lets the work run', () => {
  const tracer = tracerOf(recordSpans());
  const genAi = createGenAi({ tracer, content: 'span' });
  // What the types forbid.
  const wrong = (value: unknown): never => value as never;

  test.each<[string, () => unknown]>([
    ['inference without a request', () => genAi.inference(wrong(undefined), () => 'answer')],
    ['embeddings without a request', () => genAi.embeddings(wrong(undefined), () => 'answer')],
    [
      'messages that are null',
      () => genAi.inference({ ...request, inputMessages: wrong(null) }, () => 'answer'),
    ],
    [
      'a response and attributes that are none',
      () =>
        genAi.inference(request, (call) => {
          call.recordResponse(wrong(undefined));
          call.setAttributes(wrong(null));
          return 'answer';
        }),
    ],
    [
      'an embeddings response that is none',
      () =>
        genAi.embeddings(request, (call) => {
          call.recordResponse(wrong(undefined));
          return 'answer';
        }),
    ],
    [
      'a stream that is a text',
      () => genAi.inference(request, (call) => call.stream(wrong('answer'))),
    ],
  ])('%s', (_, run) => {
    expect(run()).toBe('answer');
  });

  test('what is no stream, or a locked one, comes back as it is and the call ends with the work', () => {
    const locked = new ReadableStream<number>();
    locked.getReader();
    for (const source of [undefined, null, 7, {}, locked]) {
      const call = genAi.startInference(request);
      expect(call.stream(wrong(source))).toBe(source);
      genAi.inference(request, (running) => {
        running.stream(wrong(source));
        return running;
      });
      call.end();
      expect(call.span.isRecording()).toBe(false);
    }
  });
});

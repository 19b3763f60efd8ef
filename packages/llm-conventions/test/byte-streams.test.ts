import { context } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { createGenAi } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

const texts = ['data: {"a":1}\n\n', 'data: [DONE]\n\n'];

function byteStream(error?: Error): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const text = texts[at++];
      if (text !== undefined) controller.enqueue(new TextEncoder().encode(text));
      else if (error === undefined) {
        controller.close();
        controller.byobRequest?.respond(0);
      } else controller.error(error);
    },
  });
}

function watched(source = byteStream()): {
  readonly stream: ReadableStream<Uint8Array>;
  readonly seen: number[];
  readonly outcomes: () => unknown[];
} {
  const { tracer, meter, clock, spans } = recordSignals();
  const call = createGenAi({ tracer, meter, clock }).startInference({ provider: 'openai' });
  const seen: number[] = [];
  return {
    stream: call.stream(source, (chunk) => void seen.push(chunk.byteLength)),
    seen,
    outcomes: () => spans().map(({ attributes }) => attributes['llm_otel.stream.outcome']),
  };
}

describe('a stream of bytes', () => {
  test('is a body as it was before', async () => {
    const { stream, seen, outcomes } = watched();

    expect(await new Response(stream).text()).toBe(texts.join(''));
    expect(seen).toEqual(texts.map(({ length }) => length));
    expect(outcomes()).toEqual(['completed']);
  });

  test('can be read into a buffer of the reader’s own', async () => {
    const { stream, outcomes } = watched();
    const reader = stream.getReader({ mode: 'byob' });
    let text = '';
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(4));
      if (value !== undefined) text += new TextDecoder().decode(value);
      if (done) break;
    }

    expect(text).toBe(texts.join(''));
    expect(outcomes()).toEqual(['completed']);
  });

  test('that fails or is cancelled ends the span once, with the error unchanged', async () => {
    const error = new Error('socket closed');
    const failing = watched(byteStream(error));
    await expect(new Response(failing.stream).text()).rejects.toThrow('socket closed');
    expect(failing.outcomes()).toEqual(['failed']);

    const left = watched();
    await left.stream.cancel();
    expect(left.outcomes()).toEqual(['cancelled']);
  });
});

import { ROOT_CONTEXT } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import type { RecordingSpan, SpanProcessor } from './sdk-types.ts';
import { forwardTo, type SpanProcessorWrapper, wrapSpanProcessor } from './wrap-span-processor.ts';

const span = {} as RecordingSpan;

function processor() {
  return {
    onStart: vi.fn<SpanProcessor['onStart']>(),
    onEnding: vi.fn<NonNullable<SpanProcessor['onEnding']>>(),
    onEnd: vi.fn<SpanProcessor['onEnd']>(),
    forceFlush: vi.fn<SpanProcessor['forceFlush']>(async () => undefined),
    shutdown: vi.fn<SpanProcessor['shutdown']>(async () => undefined),
  };
}

test('every call reaches the next processor once, with its arguments', async () => {
  const next = processor();
  const forwarding = forwardTo(next);

  forwarding.onStart(span, ROOT_CONTEXT);
  forwarding.onEnding?.(span);
  forwarding.onEnd(span);
  await forwarding.forceFlush({ timeoutMillis: 5 });
  await forwarding.shutdown({ timeoutMillis: 6 });

  expect(next.onStart.mock.calls).toEqual([[span, ROOT_CONTEXT]]);
  expect(next.onEnding.mock.calls).toEqual([[span]]);
  expect(next.onEnd.mock.calls).toEqual([[span]]);
  expect(next.forceFlush.mock.calls).toEqual([[{ timeoutMillis: 5 }]]);
  expect(next.shutdown.mock.calls).toEqual([[{ timeoutMillis: 6 }]]);
});

test('a next processor of an SDK before onEnding is fine', () => {
  const { onEnding: _, ...next } = processor();

  expect(() => forwardTo(next).onEnding?.(span)).not.toThrow();
});

test('the first wrapper listed sees a span first, and undefined is skipped', () => {
  const seen: string[] = [];
  const noting =
    (word: string): SpanProcessorWrapper =>
    (next) => ({
      ...forwardTo(next),
      onEnd(ended) {
        seen.push(word);
        next.onEnd(ended);
      },
    });

  wrapSpanProcessor(processor(), [noting('a'), undefined, noting('b')]).onEnd(span);

  expect(seen).toEqual(['a', 'b']);
});

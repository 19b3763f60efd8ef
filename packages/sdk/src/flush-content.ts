import { FailureLog, keepProcessAlive, withTimeout } from '@llm-otel/core';
import type { ContentStore } from '@llm-otel/llm-conventions';

const failures = new FailureLog();

/** Waits for what the content store has taken in: after the last span, because the spans bring it there. Never throws. */
export async function flushContent(
  store: ContentStore | undefined,
  timeoutMillis: number,
): Promise<void> {
  try {
    const flushing = store?.flush?.();
    if (flushing === undefined) return;
    if ((await keepProcessAlive(withTimeout(flushing, timeoutMillis))) === 'timeout')
      failures.report('flushing the content store', `it took longer than ${timeoutMillis} ms`);
  } catch (error) {
    failures.report('flushing the content store', error);
  }
}

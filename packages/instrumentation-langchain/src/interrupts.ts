import type { SpanContext } from '@opentelemetry/api';
import type { Clock } from '@llm-otel/core';
import { readMember } from '@llm-otel/llm-conventions/client';

/**
 * Whether a "failure" is how LangGraph leaves a node on purpose: it waits for a human, or goes on in the graph around it.
 */
export function isOnPurpose(error: unknown): boolean {
  return isInterrupt(error) || readMember(error, 'name') === 'ParentCommand';
}

export function isInterrupt(error: unknown): boolean {
  const name = readMember(error, 'name');
  return name === 'GraphInterrupt' || name === 'NodeInterrupt';
}

/** `new Command({ resume })`, which goes on where a graph was interrupted. */
export function isResume(inputs: unknown): boolean {
  return readMember(inputs, 'lg_name') === 'Command' && readMember(inputs, 'resume') !== undefined;
}

const MOST_THREADS = 1000;

/** The runs that wait for a human, by thread. People take their time, and some never answer: bounded in count and age. */
export class InterruptedRuns {
  readonly #runs = new Map<string, { readonly span: SpanContext; readonly atMillis: number }>();
  readonly #clock: Clock;
  readonly #maxAgeMillis: number;

  constructor(clock: Clock, maxAgeMillis: number) {
    this.#clock = clock;
    this.#maxAgeMillis = maxAgeMillis;
  }

  add(threadId: string, span: SpanContext): void {
    this.#runs.delete(threadId);
    this.#runs.set(threadId, { span, atMillis: this.#clock.monotonicMillis() });
    const oldest = this.#runs.keys().next().value;
    if (this.#runs.size > MOST_THREADS && oldest !== undefined) this.#runs.delete(oldest);
  }

  has(threadId: string): boolean {
    return this.#runs.has(threadId);
  }

  take(threadId: string): SpanContext | undefined {
    const run = this.#runs.get(threadId);
    this.#runs.delete(threadId);
    const age = run === undefined ? 0 : this.#clock.monotonicMillis() - run.atMillis;
    return age > this.#maxAgeMillis ? undefined : run?.span;
  }
}

import type { Context } from '@opentelemetry/api';
import type { Clock } from '@llm-otel/core';
import type { WrappedCalls } from '@llm-otel/llm-conventions/client';
import { followStorage, runContexts } from './active-context.ts';

/** A run that has begun. Plumbing has no span: what is inside it belongs to what is around it. */
export interface Run {
  readonly context: Context;
  /** The model calls made right inside it. */
  readonly calls: WrappedCalls;
  readonly threadId?: string | undefined;
  readonly end: (outputs?: unknown) => void;
  readonly fail: (error: unknown) => void;
  /** It was left on purpose, by what looks like an error. @defaultValue as `end` without outputs */
  readonly leave?: ((error: unknown) => void) | undefined;
  /**
   * What it does where its stream is left: a graph goes on by itself, an `AgentExecutor` until it has the piece that was
   * asked for.
   * @defaultValue it is over
   */
  readonly goesOn?: 'to its end' | 'to its next piece' | undefined;
  /** Of a model: nobody reads its answer any more. It is ended then. */
  readonly left?: (() => void) | undefined;
  /** Of a model: a piece of the answer has come. */
  readonly token?: (() => void) | undefined;
}

interface Entry {
  readonly run: Run;
  readonly parentId: string | undefined;
  readonly startedMillis: number;
}

/** More at once are a leak. */
const MOST_RUNS = 10_000;

/** What a run is told that never ends, such as a stream that nobody reads. */
const ABANDONED = { code: 'timeout', message: 'The run did not end in time' } as const;

/** The runs that are under way, by their id; bounded in count and age. */
export class RunTable {
  readonly #runs = new Map<string, Entry>();
  readonly #clock: Clock;
  readonly #maxAgeMillis: number;

  constructor(clock: Clock, maxAgeMillis: number) {
    this.#clock = clock;
    this.#maxAgeMillis = maxAgeMillis;
  }

  get(id: string | undefined): Run | undefined {
    return id === undefined ? undefined : this.#runs.get(id)?.run;
  }

  add(id: string, parentId: string | undefined, run: Run): void {
    this.#sweep();
    followStorage();
    runContexts().set(id, run.context);
    this.#runs.set(id, { run, parentId, startedMillis: this.#clock.monotonicMillis() });
  }

  take(id: string): Run | undefined {
    const run = this.get(id);
    this.#forget(id);
    return run;
  }

  /** Takes a run and all below it: what is inside first, as it would have ended. */
  takeTree(id: string): readonly Run[] {
    if (!this.#runs.has(id)) return [];
    const tree = new Set([id]);
    // A run is added after the one around it.
    for (const [other, { parentId }] of this.#runs)
      if (parentId !== undefined && tree.has(parentId)) tree.add(other);
    return [...tree].toReversed().flatMap((one) => this.take(one) ?? []);
  }

  /** Oldest first. No timer: what is not used does not grow. */
  #sweep(): void {
    const now = this.#clock.monotonicMillis();
    for (const [id, { run, startedMillis }] of this.#runs) {
      if (now - startedMillis <= this.#maxAgeMillis && this.#runs.size < MOST_RUNS) return;
      this.#forget(id);
      run.fail(ABANDONED);
    }
  }

  #forget(id: string): void {
    this.#runs.delete(id);
    runContexts().delete(id);
  }
}

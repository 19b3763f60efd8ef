import type { Embeddings } from './embeddings.ts';
import type { Run } from './run.ts';

/** What is not over yet, by the id that the AI SDK gives to each call. */
export class OpenRuns {
  readonly #runs = new Map<string, Run>();
  readonly #embeddings = new Map<string, Embeddings>();
  readonly #dropped: FinalizationRegistry<string> | undefined;

  constructor() {
    // Not in every edge runtime. There, a run whose stream nobody reads stays open.
    if (typeof FinalizationRegistry !== 'undefined')
      this.#dropped = new FinalizationRegistry((callId) => this.leave(callId));
  }

  start(callId: string, run: Run): void {
    this.#runs.set(callId, run);
  }

  embed(callId: string, embeddings: Embeddings): void {
    this.#embeddings.set(callId, embeddings);
  }

  run(callId: string): Run | undefined {
    return this.#runs.get(callId);
  }

  embeddings(callId: string): Embeddings | undefined {
    return this.#embeddings.get(callId);
  }

  /** The run, which is over now. */
  take(callId: string): Run | undefined {
    const run = this.#runs.get(callId);
    this.#runs.delete(callId);
    this.#embeddings.delete(callId);
    return run;
  }

  /** Ends the run with its stream, where the AI SDK says nothing: when the stream is garbage. */
  watch(callId: string, stream: object): void {
    this.#dropped?.register(stream, callId);
  }

  /** The reader has left: nothing more comes, and the AI SDK does not tell. An abort is told, in a moment. */
  leave(callId: string): void {
    const timer: unknown = setTimeout(() => this.take(callId)?.end(), 0);
    // Not in browsers, where it is a number.
    (timer as { unref?: () => void }).unref?.();
  }
}

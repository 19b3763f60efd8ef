import type { Clock } from '@llm-otel/core';
import type { Embeddings } from './embeddings.ts';
import { ProcessExit } from './process-exit.ts';
import type { Run } from './run.ts';

/** What is not over yet, by the id that the AI SDK gives to each call. */
export class OpenRuns {
  readonly #runs = new Map<string, Run>();
  readonly #embeddings = new Map<string, Embeddings>();
  /** The stream that each run reads now. Those of the steps before it become garbage while the run goes on. */
  readonly #reading = new Map<string, number>();
  readonly #dropped: FinalizationRegistry<readonly [callId: string, stream: number]> | undefined;
  #streams = 0;
  readonly #clock: Clock;
  /** The process has nothing left to do: what is still open is not read any more. */
  readonly #atExit = new ProcessExit(() => {
    for (const callId of this.#runs.keys()) this.take(callId)?.drop();
  });

  constructor(clock: Clock) {
    this.#clock = clock;
    // Not in every edge runtime. There, a run whose stream nobody reads ends when it has been quiet for long.
    if (typeof FinalizationRegistry !== 'undefined')
      this.#dropped = new FinalizationRegistry(([callId, stream]) => {
        const run = this.#runs.get(callId);
        const isBusy = run?.tools.isEmpty === false || run?.hasFailedPart === true;
        if (this.#reading.get(callId) === stream && !isBusy) this.take(callId)?.drop();
      });
  }

  start(callId: string, run: Run): void {
    if (this.#runs.size === 0) this.#atExit.listen();
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
    if (this.#runs.delete(callId) && this.#runs.size === 0) this.#atExit.stop();
    this.#embeddings.delete(callId);
    this.#reading.delete(callId);
    return run;
  }

  /** A step is over, and its stream may be garbage now: the AI SDK goes on with the next one, or tells the end. */
  stepped(callId: string): void {
    this.#reading.delete(callId);
  }

  /** Ends the run with its stream, where the AI SDK says nothing: when nothing has happened for long, or the stream is garbage. */
  watch(callId: string, stream: object): void {
    const run = this.#runs.get(callId);
    // It stays known: who goes on reading after all makes further calls in it.
    run?.activity.whenQuiet(
      () => !run.tools.isEmpty,
      () => run.drop(),
    );
    if (this.#dropped === undefined) return;
    this.#streams++;
    this.#reading.set(callId, this.#streams);
    this.#dropped.register(stream, [callId, this.#streams]);
  }

  /**
   * The reader has left: nothing more comes, and the AI SDK does not tell. An abort is told, in a moment. Who leaves
   * because of an error may ask again.
   */
  leave(callId: string): void {
    if (this.#runs.get(callId)?.hasFailedPart === true) return;
    this.#clock.setTimer(() => this.take(callId)?.end(), 0);
  }
}

import { FailureLog } from '@llm-otel/core';
import {
  type Ending,
  LLM_OTEL_LEFT_OPEN_VALUE_RUN_ENDED,
  type ObservedCall,
} from '@llm-otel/llm-conventions';
import { endDropped, endLeftOpen } from './left-open.ts';

const failures = new FailureLog();

/** The operations that last as long as a stream does. */
export class StreamOfWork implements ObservedCall {
  readonly #operations: Ending[];
  readonly #callbacks: (() => void)[] = [];
  ended = false;
  /** There may always be a call inside. */
  readonly isOpenInside = true;
  /**
   * When its operations hear of the end. An event of an emitter reaches those first who observe it last, and a model call that
   * observes the same stream is to end before them.
   */
  told: (callback: () => void) => void = (callback) => callback();

  constructor(operation: Ending) {
    this.#operations = [operation];
  }

  /** A step and the run around it may answer with the same stream: the innermost ends first. */
  alsoOf(operation: Ending): void {
    this.#operations.push(operation);
  }

  chunkArrived(): void {}

  end(): void {
    this.#finish((operation) => operation.end());
  }

  cancelled(): void {
    this.end();
  }

  dropped(): void {
    this.#finish(endDropped);
  }

  /** Nobody has read it, and the run is over. */
  runEnded(): void {
    this.#finish((operation) => endLeftOpen(operation, LLM_OTEL_LEFT_OPEN_VALUE_RUN_ENDED));
  }

  fail(error: unknown): void {
    this.#finish((operation) => operation.fail(error));
  }

  whenEnded(callback: () => void): void {
    this.#callbacks.push(callback);
  }

  #finish(how: (operation: Ending) => void): void {
    if (this.ended) return;
    this.ended = true;
    this.told(() => {
      for (const operation of this.#operations)
        failures.guard('ending the operation of a stream', () => how(operation));
    });
    for (const callback of this.#callbacks) callback();
  }
}

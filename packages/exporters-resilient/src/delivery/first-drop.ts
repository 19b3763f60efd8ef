import type { FailureLog } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';

/** Tells the first drop of each reason. Further ones are only counted: a line for each would be a second outage. */
export class FirstDrop {
  readonly #failures: FailureLog;
  readonly #told = new Set<string>();

  constructor(failures: FailureLog) {
    this.#failures = failures;
  }

  /** @param what what was lost, and which option keeps it from being lost. Never throws. */
  tell(reason: string, what: string): void {
    if (this.#told.has(reason)) return;
    this.#told.add(reason);
    this.#failures.guard('logging', () =>
      diag.warn(`llm-otel: ${reason}: ${what} (told once; ledger() counts all that is dropped)`),
    );
  }
}

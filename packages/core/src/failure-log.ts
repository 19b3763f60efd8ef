import { diag } from '@opentelemetry/api';

/**
 * Keeps failures of our own code away from the application: the first of each kind is logged through
 * `diag`, all are counted. A log line per failure would be a second outage.
 */
export class FailureLog {
  readonly #counts = new Map<string, number>();

  /** Counts a failure of `what` and logs the first one. Never throws. */
  report(what: string, error: unknown): void {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    if (count > 1) return;
    try {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      diag.error(
        `llm-otel: ${what} failed and was skipped (further failures are only counted): ${reason}`,
      );
    } catch {
      // A logger or an error object that throws must not reach the application either.
    }
  }

  /** Runs `work`; a failure is reported and `undefined` returned. */
  guard<T>(what: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.report(what, error);
      return undefined;
    }
  }

  /**
   * Runs a callback of the application. One that is async is not waited for; its rejection is reported too. Types that
   * answer with nothing take async functions as well.
   */
  callback(what: string, call: () => unknown): void {
    const answer = this.guard(what, call);
    if (typeof answer !== 'object' || answer === null) return;
    // What is awaited is never thrown out of here, whatever its `then` does.
    void this.#settle(what, answer as PromiseLike<unknown>);
  }

  async #settle(what: string, answer: PromiseLike<unknown>): Promise<void> {
    try {
      await answer;
    } catch (error) {
      this.report(what, error);
    }
  }

  count(what: string): number {
    return this.#counts.get(what) ?? 0;
  }
}

/** What work answered with and nobody may ever look at. */
export interface UntouchedResult {
  readonly ended: boolean;
  /** Whether someone has begun to read it or waits for it; it lasts until that is over. */
  isTouched(): boolean;
  runEnded(): void;
}

const MAX_REMEMBERED = 1000;

/**
 * Results of work in a run that are only looked at, or not at all: a response of which the status is enough, a query that is never sent. Then
 * nothing tells that they are over, and their operations end with the run.
 */
export class UntouchedResults {
  readonly #all = new Set<UntouchedResult>();

  add(result: UntouchedResult): void {
    if (this.#all.size >= MAX_REMEMBERED)
      for (const one of this.#all) if (one.ended) this.#all.delete(one);
    if (this.#all.size < MAX_REMEMBERED) this.#all.add(result);
  }

  /** At the end of the run. */
  endAll(): void {
    for (const result of this.#all) if (!result.ended && !result.isTouched()) result.runEnded();
    this.#all.clear();
  }
}

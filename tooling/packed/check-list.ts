/** What became of one check. */
export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly detail?: string | undefined;
  readonly millis?: number | undefined;
}

/** Runs checks, prints one line for each as it ends, and counts. A check fails by throwing. */
export class CheckList {
  readonly #results: CheckResult[] = [];
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void = console.log) {
    this.#print = print;
  }

  get failed(): number {
    return this.#results.filter(({ passed }) => !passed).length;
  }

  get summary(): string {
    return `${this.#results.length - this.failed} passed, ${this.failed} failed`;
  }

  add(result: CheckResult): void {
    this.#results.push(result);
    const time = result.millis === undefined ? '' : ` (${(result.millis / 1000).toFixed(1)} s)`;
    this.#print(`${result.passed ? 'ok  ' : 'FAIL'} ${result.name}${time}`);
    if (result.detail !== undefined) this.#print(result.detail.replace(/^/gm, '     '));
  }

  /** Runs `work`; what it returns is handed on, `undefined` when it failed. */
  async check<T>(name: string, work: () => T | Promise<T>): Promise<T | undefined> {
    const start = performance.now();
    try {
      const value = await work();
      this.add({ name, passed: true, millis: performance.now() - start });
      return value;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.add({ name, passed: false, detail, millis: performance.now() - start });
      return undefined;
    }
  }
}

/** Runs `work` on every item, at most `limit` at a time. Results keep the order of the items. */
export async function inParallel<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const entries = items.entries();
  // All workers share one iterator: each takes the next item when it is free.
  await Promise.all(
    Array.from({ length: limit }, async () => {
      for (const [index, item] of entries) results[index] = await work(item);
    }),
  );
  return results;
}

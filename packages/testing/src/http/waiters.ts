/** Promises that settle when something that was received makes their condition true. No polling. */
export class Waiters {
  readonly #checks = new Set<() => void>();

  /** Checks every waiting condition. Call it after each change. */
  notify(): void {
    for (const check of this.#checks) check();
  }

  /**
   * Resolves once `condition` is true: at once, or after a change.
   * Rejects with the error of `onTimeout` after `timeoutMillis`, and with whatever `condition` throws.
   */
  wait(condition: () => boolean, timeoutMillis: number, onTimeout: () => Error): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const settle = (settled: () => void): void => {
        clearTimeout(timer);
        this.#checks.delete(check);
        settled();
      };
      const check = (): void => {
        try {
          if (condition()) settle(resolve);
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const timer = setTimeout(() => settle(() => reject(onTimeout())), timeoutMillis);
      this.#checks.add(check);
      check();
    });
  }
}

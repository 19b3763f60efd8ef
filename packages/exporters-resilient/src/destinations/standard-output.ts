/** What is used of `process.stdout`. Whatever an application has put into its place may have less. */
interface Output {
  write(text: string, done: (error?: Error | null) => void): unknown;
  once?(event: 'error', listener: () => void): unknown;
  /** Bytes that it has taken and not passed on. */
  readonly writableLength?: number;
  readonly errored?: unknown;
  readonly destroyed?: boolean;
}

/**
 * Lines to the standard output of Node.js and its like, elsewhere to the console. What it has not passed on yet is all that waits
 * in memory: `console.log` would let it grow without a bound behind a reader that is slow, and end the process behind one that
 * is gone (`app | head -1`).
 */
export class StandardOutput {
  #isWaiting = false;

  /** Throws, or rejects later, where it cannot be written. Returns nothing where it was written at once. */
  write(text: string): void | Promise<void> {
    const output = standardOutput();
    if (output === undefined) {
      // oxlint-disable-next-line no-console -- printing is what was asked for
      console.log(text);
      return undefined;
    }
    if (this.#isWaiting) throw new Error('what was written before has not been taken yet');
    let failure: Error | undefined;
    let settle: ((error: Error | undefined) => void) | undefined;
    output.write(`${text}\n`, (error) => {
      this.#isWaiting = false;
      // The event follows, and ends the process where nobody listens. Listening always would hide the errors of others.
      if (error) output.once?.('error', ignore);
      failure = error ?? undefined;
      settle?.(failure);
    });
    if (failure !== undefined) throw failure;
    // One in its place that takes no callback has taken it, if it holds nothing back.
    const isTaken = !output.writableLength && !output.errored && output.destroyed !== true;
    if (isTaken) return undefined;
    this.#isWaiting = true;
    return new Promise((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error));
    });
  }
}

function standardOutput(): Output | undefined {
  const { stdout } = (globalThis as { process?: { stdout?: Partial<Output> } }).process ?? {};
  return typeof stdout?.write === 'function' ? (stdout as Output) : undefined;
}

function ignore(): void {
  // It was counted already.
}

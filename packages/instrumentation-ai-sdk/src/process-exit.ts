type Listener = () => void;

interface ProcessLike {
  prependListener?(event: 'beforeExit', listener: Listener): unknown;
  off?(event: 'beforeExit', listener: Listener): unknown;
}

/** Calls back when a process of Node.js, Bun or Deno has nothing left to do, before telemetry is flushed for the last time. */
export class ProcessExit {
  readonly #listener: Listener;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  listen(): void {
    processOf()?.prependListener?.('beforeExit', this.#listener);
  }

  stop(): void {
    processOf()?.off?.('beforeExit', this.#listener);
  }
}

/** Not in browsers and on the edge. */
function processOf(): ProcessLike | undefined {
  return (globalThis as { process?: ProcessLike }).process;
}

type Finished = (stream: object, told: (error?: unknown) => void) => unknown;

interface Runtime {
  readonly process?: { getBuiltinModule?(name: string): unknown };
}

/**
 * Tells once that a `ReadableStream` is over, whoever reads it and however: by a reader, `pipeTo`, `tee`, `text()` of its response, a
 * part of the runtime; or that it is closed already. The stream is not touched, locked or read for it. False where the runtime cannot tell:
 * only Node.js, and what has its `node:stream`, knows of a stream it does not read. It is asked for and not imported, so that other runtimes load this.
 */
export function whenStreamEnds(stream: object, told: (error?: unknown) => void): boolean {
  try {
    const streams = (globalThis as Runtime).process?.getBuiltinModule?.('node:stream') as
      | { readonly finished?: Finished }
      | undefined;
    if (streams?.finished === undefined) return false;
    streams.finished(stream, told);
    return true;
  } catch {
    // A stream of another library; or an edge runtime, whose process has the function and throws when it is called.
    return false;
  }
}

import type { Recording } from './recording.ts';

/**
 * A subcommand of `llm-otel`. A package that has some exports them from `./cli` as `commands`, an array, and the command
 * line of `@llm-otel/sdk` finds them wherever that package is installed.
 */
export interface CliCommand {
  /** The word behind `llm-otel`. */
  readonly name: string;
  /** What it does, in a few words, for the list of commands. */
  readonly summary: string;
  /**
   * @param args what stands behind the name, `--help` included
   * @returns the exit code: 0 when all is well, 1 when the command failed or found a problem, 2 for a mistake in its use
   */
  run(args: readonly string[], io: CliIo): Promise<number>;
}

/** Where a command reads and writes. Handed in, so that it can be tested without a process. */
export interface CliIo {
  /** What is piped in. Absent where nothing can be. */
  readonly stdin?: AsyncIterable<Uint8Array> | undefined;
  /** Results. */
  readonly stdout: CliOutput;
  /** Progress and problems. */
  readonly stderr: CliOutput;
  /** Relative paths start here. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /**
   * Opens recorded telemetry for a command of any package: a file of OTLP/JSON or OTLP protobuf, also one that is packed
   * with gzip or zstd; `-` for the standard input; the folder of a spool, which holds a recording for each log. Absent
   * where no package that reads them is at hand.
   * @throws Error that says why there is nothing to read
   */
  readonly recordings?: ((name: string) => Promise<readonly Recording[]>) | undefined;
}

export interface CliOutput {
  /** Returns false when the reader is slow, as a stream does. */
  write(text: string): boolean;
  /** Told when a slow reader has taken what was written, and when it is gone, as a stream does. Absent where none is slow. */
  once?(event: 'drain' | 'close', listener: () => void): unknown;
  off?(event: 'drain' | 'close', listener: () => void): unknown;
  /** Columns of the terminal. Absent where the output is none: then no progress and no colour. */
  readonly columns?: number | undefined;
}

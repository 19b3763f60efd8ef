/** What the subcommands are asked for. */
export interface SpoolRequest {
  readonly directory: string;
  readonly destination: string | undefined;
  readonly sensitivity: string | undefined;
  /** Only what was refused. */
  readonly deadLetters: boolean;
  readonly json: boolean;
  readonly all: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly olderThanMillis: number | undefined;
  readonly endpoint: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Exit code after Ctrl-C, as shells have it. */
export const INTERRUPTED = 130;

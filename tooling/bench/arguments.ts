export interface BenchArguments {
  /** Folder names under `packages/`; none means all. */
  readonly names: readonly string[];
  /** Print JSON only. */
  readonly json: boolean;
  /** Fewer and shorter rounds. */
  readonly quick: boolean;
}

/** Reads `[package …] [--json] [--quick]`. Package names may be written in full, `@llm-otel/propagation`. */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const flags = args.filter((arg) => arg.startsWith('-') && arg !== '--');
  const unknown = flags.filter((flag) => flag !== '--json' && flag !== '--quick');
  if (unknown.length > 0) {
    throw new TypeError(`unknown option ${unknown.join(' ')}; known are --json and --quick`);
  }
  return {
    names: args
      .filter((arg) => !arg.startsWith('-'))
      .map((name) => name.replace(/^(@llm-otel|packages)\//, '').replace(/\/$/, '')),
    json: flags.includes('--json'),
    quick: flags.includes('--quick'),
  };
}

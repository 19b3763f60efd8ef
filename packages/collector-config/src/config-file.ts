/** A configuration of a Collector as plain data, in the order in which it is written, with its comments. */
export interface ConfigFile {
  /** Stands at the top. */
  readonly header: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** By path, `processors.tail_sampling.policies.2`: what stands above it. */
  readonly comments: ReadonlyMap<string, string>;
}

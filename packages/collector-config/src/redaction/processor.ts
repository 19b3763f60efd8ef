/** Settings of a processor, and lines about parts of them: a comment for each pattern that stands in a list. */
export interface Processor {
  readonly id: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** By pattern. */
  readonly comments?: ReadonlyMap<string, string> | undefined;
  /** Stands above the processor. */
  readonly about?: string | undefined;
}

/** In groups of their own: a list with both would run for each event only, and never for a span without one. */
export function ofSpansAndEvents(statementFor: (path: string) => string): readonly object[] {
  return ['span', 'spanevent'].map((context) => ({
    context,
    statements: [statementFor(`${context}.attributes`)],
  }));
}

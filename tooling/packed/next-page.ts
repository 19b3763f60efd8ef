/** An application as a page of documentation shows it, and the traces that the page says it makes. */
export interface ShownApplication {
  /** Text by path. */
  readonly files: ReadonlyMap<string, string>;
  /** By the name of their root. */
  readonly trees: ReadonlyMap<string, string>;
}

/** Reads the blocks that have a path in bold above them, and those marked `text`, which are traces. */
export function shownApplication(page: string): ShownApplication {
  const files = page.matchAll(/^\*\*`([^`]+)`\*\*\n\n```\w+\n([^]*?)^```$/gm);
  const trees = page.matchAll(/^```text\n((.+)\n[^]*?)^```$/gm);
  return {
    files: new Map([...files].map(([, path = '', text = '']) => [path, text])),
    trees: new Map([...trees].map(([, text = '', root = '']) => [root, text.trimEnd()])),
  };
}

/** A TypeScript block of a Markdown file. */
export interface Snippet {
  /** The line of the first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
  /** False for a block marked `no-run`: it is type checked only. */
  readonly runs: boolean;
}

const fence = /^ {0,3}(`{3,}|~{3,})\s*(.*)$/;

/** The blocks marked `ts` or `typescript`, in order. Blocks in other languages are left out. */
export function snippetsOf(markdown: string): Snippet[] {
  const snippets: Snippet[] = [];
  const lines = markdown.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const [, marker, info = ''] = fence.exec(lines[index] ?? '') ?? [];
    if (marker === undefined) continue;

    const start = index + 1;
    index = endOfBlock(lines, start, marker);
    const [language, ...words] = info.trim().split(/\s+/);
    if (language !== 'ts' && language !== 'typescript') continue;
    snippets.push({
      line: start + 1,
      code: lines.slice(start, index).join('\n'),
      runs: !words.includes('no-run'),
    });
  }
  return snippets;
}

/**
 * The code moved down to the lines it has in the Markdown file, so that the compiler and stack traces
 * name lines of the README.
 */
export function atReadmeLines({ line, code }: Snippet): string {
  return `${'\n'.repeat(line - 1)}${code}\n`;
}

function endOfBlock(lines: readonly string[], start: number, marker: string): number {
  for (let index = start; index < lines.length; index++) {
    const line = (lines[index] ?? '').trim();
    const closes = line.length >= marker.length && line === marker[0]?.repeat(line.length);
    if (closes) return index;
  }
  return lines.length;
}

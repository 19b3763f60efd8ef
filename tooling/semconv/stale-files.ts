type Files = Readonly<Record<string, string>>;

export interface StaleFile {
  readonly file: string;
  /** What differs, in a few words. */
  readonly summary: string;
}

/** The files of `found` that are not as `wanted`. */
export function staleFiles(wanted: Files, found: Files): StaleFile[] {
  return [...new Set([...Object.keys(wanted), ...Object.keys(found)])]
    .toSorted()
    .filter((file) => wanted[file] !== found[file])
    .map((file) => ({ file, summary: summaryOf(wanted[file], found[file]) }));
}

function summaryOf(wanted: string | undefined, found: string | undefined): string {
  if (found === undefined) return 'is missing';
  if (wanted === undefined) return 'is not generated any more';
  const old = new Set(found.split('\n'));
  const fresh = new Set(wanted.split('\n'));
  const added = [...fresh].filter((line) => !old.has(line));
  const gone = [...old].filter((line) => !fresh.has(line));
  const example = (added[0] ?? gone[0] ?? 'the order of the lines').trim();
  return `${added.length} lines to add, ${gone.length} to remove, for example: ${example}`;
}

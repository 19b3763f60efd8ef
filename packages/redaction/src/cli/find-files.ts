import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';

/** Folders that hold nobody's telemetry. */
const SKIPPED = new Set(['node_modules', '.git']);
/** What `--fix` writes. */
const REDACTED = /\.redacted(?:\.[^.]+)?$/;
/** The folder of a spool: locks and cursors stand beside its segments. */
const SPOOL = /^llm-otel-spool-/;
const SEGMENT = '.seg';

/**
 * The files of `path`: itself, or all below it in order, without links, dependencies, and copies that were redacted; of a
 * spool only what holds requests.
 * @throws the error of the file system when the path or a folder below it cannot be read
 */
export async function findFiles(path: string, inSpool: boolean = false): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const isSpool = inSpool || SPOOL.test(basename(path));
  const entries = await readdir(path, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) found.push(...(await findFiles(inside, isSpool)));
    } else if (entry.isFile() && !REDACTED.test(entry.name)) {
      if (!isSpool || extname(entry.name) === SEGMENT) found.push(inside);
    }
  }
  return found;
}

/**
 * Where the redacted copy of a file goes: beside it, `spans.json` as `spans.redacted.json`. That of a segment has the
 * word at its end, so that no process takes it for one.
 */
export function redactedName(file: string): string {
  const extension = extname(file);
  if (extension === SEGMENT) return `${file}.redacted`;
  return `${file.slice(0, file.length - extension.length)}.redacted${extension}`;
}

import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Folders that hold nobody's telemetry. */
const SKIPPED = new Set(['node_modules', '.git']);
/** What `--fix` writes. */
const REDACTED = /\.redacted(?:\.[^.]+)?$/;

/**
 * The files of `path`: itself, or all below it in order, without links, dependencies, and copies that were redacted.
 * @throws the error of the file system when the path itself cannot be read
 */
export async function findFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = join(path, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) found.push(...(await findFiles(inside)));
    else if (entry.isFile() && !REDACTED.test(entry.name)) found.push(inside);
  }
  return found;
}

/** Where the redacted copy of a file goes: beside it, `spans.json` as `spans.redacted.json`. */
export function redactedName(file: string): string {
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}.redacted${extension}`;
}

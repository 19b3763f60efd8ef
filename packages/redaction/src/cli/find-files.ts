import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';

/** Folders that hold nobody's telemetry. */
const SKIPPED = new Set(['node_modules', '.git']);
/** What `--fix` writes. */
const REDACTED = /\.redacted(?:\.[^.]+)?$/;
/** The folder of a spool: locks and cursors stand beside its segments. */
const SPOOL = /^llm-otel-spool-/;
const SEGMENT = '.seg';

/** Told of what cannot be looked into below a folder. */
export type Unreadable = (path: string, error: unknown) => void;

/**
 * The files of `path`: itself, or all below it in order, without dependencies and copies that were redacted; of a spool
 * only what holds requests. Links are followed, into each folder once.
 * @throws the error of the file system when `path` itself cannot be read
 */
export async function findFiles(path: string, unreadable: Unreadable): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  return filesIn(path, await readdir(path), { unreadable, seen: new Set(), inSpool: false });
}

interface Search {
  readonly unreadable: Unreadable;
  /** Folders by their real paths: links can lead in a circle. */
  readonly seen: Set<string>;
  readonly inSpool: boolean;
}

async function filesIn(
  folder: string,
  names: readonly string[],
  { unreadable, seen, inSpool }: Search,
): Promise<string[]> {
  const real = await realpath(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const isSpool = inSpool || SPOOL.test(basename(folder));
  const found: string[] = [];
  for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    const inside = join(folder, name);
    try {
      const entry = await stat(inside);
      if (entry.isDirectory()) {
        if (SKIPPED.has(name)) continue;
        const search = { unreadable, seen, inSpool: isSpool };
        found.push(...(await filesIn(inside, await readdir(inside), search)));
      } else if (entry.isFile() && !REDACTED.test(name)) {
        if (!isSpool || extname(name) === SEGMENT) found.push(inside);
      }
    } catch (error) {
      unreadable(inside, error);
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

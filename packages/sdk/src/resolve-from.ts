import { createRequire } from 'node:module';

/** The file that `entry` of a package is for a module at `path`; undefined where it is not installed for that. */
export function resolveFrom(path: string, entry: string): string | undefined {
  try {
    return createRequire(path).resolve(entry);
  } catch {
    return undefined;
  }
}

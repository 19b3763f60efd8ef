import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** `folder` and those above it, as Node.js looks for `node_modules`. */
export function foldersUp(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersUp(above)];
}

/** The names in a folder, in order; none where it cannot be read. */
export function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

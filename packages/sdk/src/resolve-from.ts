import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The file that `entry` of a package is for a module at `path`; undefined where it is not installed for that. */
export function resolveFrom(path: string, entry: string): string | undefined {
  try {
    return createRequire(path).resolve(entry);
  } catch {
    return undefined;
  }
}

/** The file of a package as the application finds it: from the folder of the program, then from the one it was started in. */
export function resolveInApplication(entry: string): string | undefined {
  const [, program] = process.argv;
  const folders = program === undefined ? [] : [dirname(program)];
  for (const folder of [...folders, process.cwd()]) {
    const file = resolveFrom(join(folder, 'program.js'), entry);
    if (file !== undefined) return file;
  }
  return undefined;
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, parse } from 'node:path';

export interface ProtocolFile {
  readonly path: string;
  /** Its name without folder and ending. */
  readonly file: string;
  readonly version: string | undefined;
}

/**
 * Where `require` of an application finds the class that both sides of SDK 1 extend. The package names a main file that
 * it does not have, which is why `require-in-the-middle` passes over all of its files unless it is told the path.
 * @param bases - folders and files to look from. @defaultValue the working directory and the main script
 */
export function findProtocolFiles(
  bases: readonly (string | undefined)[] = [join(process.cwd(), 'x'), process.argv[1]],
): readonly ProtocolFile[] {
  const paths = bases.flatMap((base) => {
    try {
      return base === undefined
        ? []
        : [createRequire(base).resolve('@modelcontextprotocol/sdk/shared/protocol.js')];
    } catch {
      // Not installed there.
      return [];
    }
  });
  return [...new Set(paths)].map((path) => ({
    path,
    file: parse(path).name,
    version: versionBeside(path),
  }));
}

/** The file is `dist/cjs/shared/protocol.js` of its package. */
function versionBeside(path: string): string | undefined {
  try {
    const manifest = readFileSync(join(path, '..', '..', '..', '..', 'package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

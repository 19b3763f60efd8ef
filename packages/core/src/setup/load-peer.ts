import { MissingPeerError } from '../errors.ts';

/**
 * Loads an optional package. The caller writes the `import()` itself, so that bundlers see its name.
 * @throws {@link MissingPeerError} with the command that installs it, when it is not there, or nobody can load it
 */
export async function loadPeer<T>(
  packageName: string,
  neededFor: string,
  load: (() => Promise<T>) | undefined,
): Promise<T> {
  if (load === undefined) throw new MissingPeerError(packageName, neededFor);
  try {
    const loaded = await load();
    if (isEmpty(loaded)) throw new MissingPeerError(packageName, neededFor);
    return loaded;
  } catch (error) {
    if (isMissing(error, packageName)) {
      throw new MissingPeerError(packageName, neededFor, { cause: error });
    }
    throw error;
  }
}

/** A package that is there and fails, or lacks a dependency of its own, is another problem. */
function isMissing(error: unknown, packageName: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND') &&
    error.message.includes(packageName)
  );
}

/** What webpack in Next.js puts into the place of an optional peer that it does not find. */
function isEmpty(loaded: unknown): boolean {
  if (typeof loaded !== 'object' || loaded === null || Array.isArray(loaded)) return false;
  const names = Object.keys(loaded).filter((name) => name !== '__esModule');
  if (names.length === 0) return true;
  return (
    names.length === 1 &&
    names[0] === 'default' &&
    isEmpty((loaded as { default: unknown }).default)
  );
}

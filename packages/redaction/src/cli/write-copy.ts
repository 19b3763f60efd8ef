import { randomBytes } from 'node:crypto';
import { chmod, rename, rm, stat, writeFile } from 'node:fs/promises';

const PERMISSIONS = 0o777;

/**
 * Writes a copy of a file that whoever reads the file may read. It is there as a whole or not at all: what stood under
 * its name, a link too, is replaced at the end.
 */
export async function writeCopy(file: string, copy: string, content: Uint8Array): Promise<void> {
  const { mode } = await stat(file);
  const unfinished = `${copy}.${randomBytes(4).toString('hex')}.unfinished`;
  try {
    await writeFile(unfinished, content, { flag: 'wx', mode: 0o600, flush: true });
    await chmod(unfinished, mode & PERMISSIONS);
    await rename(unfinished, copy);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

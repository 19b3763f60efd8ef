import { join } from 'node:path';
import type { Fsync } from '../disk-spool-options.ts';
import { closeSynced, createFile, type Files, readStart } from './files.ts';

/** How long and how much is kept, as the one who wrote a log has it. Whoever finds the log keeps to it. */
export interface LogPolicy {
  readonly maxAgeMillis: number;
  /** Of everything its owner keeps. */
  readonly maxBytes: number;
  /** The same for what is refused of it later. Absent where the log is one of dead letters itself. */
  readonly deadLetters?: LogPolicy | undefined;
}

export const POLICY_FILE = 'policy';
// A few numbers.
const MOST_BYTES = 4096;

/** Throws what writing throws. */
export function writePolicy(
  files: Files,
  folder: string,
  policy: LogPolicy,
  fsync: Fsync = 'never',
): void {
  const fd = createFile(files, join(folder, POLICY_FILE), 'w');
  try {
    files.writeSync(fd, `${JSON.stringify(policy)}\n`);
  } catch (error) {
    files.closeSync(fd);
    throw error;
  }
  closeSynced(files, fd, fsync);
}

/** Undefined where there is none that can be read. */
export function readPolicy(files: Files, folder: string): LogPolicy | undefined {
  try {
    return policyOf(
      JSON.parse(readStart(files, join(folder, POLICY_FILE), MOST_BYTES)) as LogPolicy,
    );
  } catch {
    return undefined;
  }
}

function policyOf(found: LogPolicy): LogPolicy | undefined {
  const [maxAgeMillis, maxBytes] = [limitOf(found.maxAgeMillis), limitOf(found.maxBytes)];
  if (maxAgeMillis === undefined || maxBytes === undefined) return undefined;
  return { maxAgeMillis, maxBytes, deadLetters: found.deadLetters && policyOf(found.deadLetters) };
}

/** JSON has no Infinity: it writes null. */
function limitOf(value: number | null): number | undefined {
  if (value === null) return Infinity;
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

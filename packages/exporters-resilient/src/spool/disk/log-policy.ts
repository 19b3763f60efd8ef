import { join } from 'node:path';
import { createFile, type Files } from './files.ts';

/** How long and how much is kept, as the one who wrote a log has it. Whoever finds the log keeps to it. */
export interface LogPolicy {
  readonly maxAgeMillis: number;
  /** Of everything its owner keeps. */
  readonly maxBytes: number;
}

export const POLICY_FILE = 'policy';

/** Throws what writing throws. */
export function writePolicy(files: Files, folder: string, policy: LogPolicy): void {
  const fd = createFile(files, join(folder, POLICY_FILE), 'w');
  try {
    files.writeSync(fd, `${JSON.stringify(policy)}\n`);
  } finally {
    files.closeSync(fd);
  }
}

/** Undefined where there is none that can be read. */
export function readPolicy(files: Files, folder: string): LogPolicy | undefined {
  try {
    const found = JSON.parse(files.readFileSync(join(folder, POLICY_FILE), 'utf8')) as LogPolicy;
    const [maxAgeMillis, maxBytes] = [limitOf(found.maxAgeMillis), limitOf(found.maxBytes)];
    return maxAgeMillis === undefined || maxBytes === undefined
      ? undefined
      : { maxAgeMillis, maxBytes };
  } catch {
    return undefined;
  }
}

/** JSON has no Infinity: it writes null. */
function limitOf(value: number | null): number | undefined {
  if (value === null) return Infinity;
  return typeof value === 'number' && value > 0 ? value : undefined;
}

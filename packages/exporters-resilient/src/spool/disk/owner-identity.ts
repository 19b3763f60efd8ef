import { hostname } from 'node:os';
import { attempt, type Files } from './files.ts';

/**
 * Which thread of which process it is, so that another one can tell whether it still lives: a worker that is terminated
 * leaves its logs while the process goes on.
 */
export interface OwnerIdentity {
  readonly pid: number;
  /** As the kernel numbers it, the process id for the first one. Absent where there is no `/proc`. */
  readonly thread?: number | undefined;
  /** When the thread started, in the ticks of `/proc`: ids are used again. Empty where there is no `/proc`. */
  readonly started: string;
  /** Boot and process id namespace it lives in: within both, `/proc` knows it. Empty where that is not known. */
  readonly scope: string;
  readonly host: string;
}

export function thisThread(files: Files): OwnerIdentity {
  const thread = threadOf(files);
  return {
    pid: process.pid,
    thread,
    started: startOf(files, process.pid, thread),
    scope: scopeOf(files),
    host: hostname(),
  };
}

/** Whether a thread of this identity lives. Undefined where that cannot be seen from here. */
export function isAlive(
  files: Files,
  owner: OwnerIdentity,
  here: OwnerIdentity,
): boolean | undefined {
  if (owner.scope === here.scope && owner.scope !== '')
    return startOf(files, owner.pid, owner.thread) === owner.started;
  // Without /proc a dead process id is certain, and a living one may be another process by now.
  const sameHost = owner.host === here.host && owner.scope === '' && here.scope === '';
  if (sameHost && !attempt(() => process.kill(owner.pid, 0))) return false;
  return undefined;
}

/** What is read on a thread, synchronously, is read by that thread. */
function threadOf(files: Files): number | undefined {
  try {
    const id = Number(/\d+$/.exec(files.readlinkSync('/proc/thread-self'))?.[0]);
    return Number.isInteger(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Field 22 of `stat`. The name of the program, in parentheses, may hold anything. */
function startOf(files: Files, pid: number, thread: number = pid): string {
  try {
    const stat = files.readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie is dead: it only waits for its parent to look.
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function scopeOf(files: Files): string {
  try {
    const boot = files.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${files.statSync('/proc/self/ns/pid').ino}`;
  } catch {
    return '';
  }
}

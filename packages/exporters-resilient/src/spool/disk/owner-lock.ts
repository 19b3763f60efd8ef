import { join } from 'node:path';
import type { Clock } from '@llm-otel/core';
import { attempt, createFile, errorCode, type Files, readStart } from './files.ts';
import { isAlive, type OwnerIdentity } from './owner-identity.ts';

const SUFFIX = '.lock';
const UNFINISHED = '.new';
// Writing one takes a moment.
const TORN_AFTER_MILLIS = 600_000;
const MOST_BYTES = 4096;

/** The lock of one owner on its logs: a file that says who it is, touched now and then to say that it lives. */
export class OwnerLock {
  readonly id: string;
  readonly #files: Files;
  readonly #root: string;
  readonly #rootIno: number;
  readonly #path: string;
  #fd: number | undefined;

  /** Throws what creating the file throws. */
  constructor(files: Files, root: string, id: string, identity: OwnerIdentity) {
    this.id = id;
    this.#files = files;
    this.#root = root;
    this.#rootIno = files.statSync(root).ino;
    this.#path = join(root, id + SUFFIX);
    // Under its name only when it is whole: an empty lock would be nobody's.
    const temporary = this.#path + UNFINISHED;
    this.#fd = createFile(files, temporary, 'wx');
    files.writeSync(this.#fd, `${JSON.stringify(identity)}\n`);
    files.renameSync(temporary, this.#path);
  }

  /** Says that this owner lives, and looks whether what it owns is still there. */
  touch(epochMillis: number): Holding {
    const fd = this.#fd;
    if (fd === undefined) return 'taken';
    const seconds = epochMillis / 1000;
    attempt(() => this.#files.futimesSync(fd, seconds, seconds));
    try {
      if (this.#files.statSync(this.#path).ino === this.#files.fstatSync(fd).ino) return 'held';
    } catch (error) {
      // What cannot be looked at now may be there.
      if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') return 'held';
    }
    return this.#isFolderThere() ? 'taken' : 'removed';
  }

  /** What is left may be taken by anyone. */
  release(): void {
    const fd = this.#fd;
    if (fd === undefined) return;
    this.#fd = undefined;
    attempt(() => this.#files.unlinkSync(this.#path));
    attempt(() => this.#files.closeSync(fd));
  }

  #isFolderThere(): boolean {
    try {
      return this.#files.lstatSync(this.#root).ino === this.#rootIno;
    } catch {
      return false;
    }
  }
}

/** `taken`: by another process, because this one showed no sign of life for long. `removed`: with the whole folder. */
export type Holding = 'held' | 'taken' | 'removed';

/** Tells which owners are dead. */
export class Obituaries {
  readonly #files: Files;
  readonly #root: string;
  readonly #here: OwnerIdentity;
  readonly #clock: Clock;
  readonly #silenceMillis: number;
  readonly #seen = new Map<string, { readonly touched: number; readonly since: number }>();

  constructor(
    files: Files,
    root: string,
    here: OwnerIdentity,
    clock: Clock,
    silenceMillis: number,
  ) {
    this.#files = files;
    this.#root = root;
    this.#here = here;
    this.#clock = clock;
    this.#silenceMillis = silenceMillis;
  }

  /**
   * At once where the process can be looked up. Of one in another container or on another host only its lock can be
   * seen: it is dead when the lock was not touched while we watched it for a while, whatever the clocks say.
   */
  isDead(id: string): boolean {
    const seen = this.seenAlive(id);
    if (typeof seen === 'boolean') return !seen;
    const now = this.#clock.monotonicMillis();
    const before = this.#seen.get(id);
    if (before?.touched !== seen.touched) {
      this.#seen.set(id, { touched: seen.touched, since: now });
      return false;
    }
    return now - before.since >= this.#silenceMillis;
  }

  /** Where it cannot be told, when the lock was touched last, milliseconds since the Unix epoch. */
  seenAlive(id: string): boolean | { readonly touched: number } {
    const path = join(this.#root, id + SUFFIX);
    try {
      const { mtimeMs: touched } = this.#files.statSync(path);
      const identity = parse(readStart(this.#files, path, MOST_BYTES));
      return (identity && isAlive(this.#files, identity, this.#here)) ?? { touched };
    } catch {
      return false;
    }
  }

  /** Tells who is dead, each looked at once. `isOurs` says which live without a look. */
  today(isOurs: (id: string) => boolean): (id: string) => boolean {
    const known = new Map<string, boolean>();
    return (id) => {
      let dead = known.get(id);
      if (dead === undefined) known.set(id, (dead = !isOurs(id) && this.isDead(id)));
      return dead;
    };
  }

  /**
   * Removes the lock of a dead owner, before anything of it is touched: one that was only standing still finds out by
   * that, before it writes into files that others read.
   */
  bury(id: string): void {
    this.#seen.delete(id);
    attempt(() => this.#files.unlinkSync(join(this.#root, id + SUFFIX)));
  }
}

/** Removes locks whose owner was killed while it wrote them. `names` are in `root`; times are milliseconds since the Unix epoch. */
export function removeTornLocks(
  files: Files,
  root: string,
  names: readonly string[],
  now: number,
): void {
  for (const name of names)
    if (name.endsWith(SUFFIX + UNFINISHED))
      attempt(() => {
        const path = join(root, name);
        if (now - files.statSync(path).mtimeMs > TORN_AFTER_MILLIS) files.unlinkSync(path);
      });
}

/** The owners with a lock in a folder, from the names in it. */
export function lockedOwners(names: readonly string[]): string[] {
  return names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
}

function parse(text: string): OwnerIdentity | undefined {
  try {
    const { pid, thread, started, scope, host } = JSON.parse(text) as OwnerIdentity;
    return Number.isInteger(pid) && pid > 0 && typeof scope === 'string'
      ? { pid, thread, started, scope, host }
      : undefined;
  } catch {
    return undefined;
  }
}

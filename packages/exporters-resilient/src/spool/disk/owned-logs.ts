import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock, FailureLog } from '@llm-otel/core';
import { FirstDrop } from '../../delivery/first-drop.ts';
import type { ResolvedSpoolOptions } from '../disk-spool-options.ts';
import { attempt, type Files, isThere, syncFolder } from './files.ts';
import type { LossReason } from './hands.ts';
import type { LogClient } from './log-client.ts';
import { makeLogFolder, removeLogFolder } from './log-folder.ts';
import { formatLogName, type LogName } from './log-name.ts';
import { type LogPolicy, readPolicy } from './log-policy.ts';
import type { OpenLog } from './open-log.ts';
import { type OwnerIdentity, thisThread } from './owner-identity.ts';
import { OwnerLock } from './owner-lock.ts';
import { RecordLog } from './record-log.ts';
import { prepareSpoolFolder } from './spool-folder.ts';

export interface OwnedLogsOptions extends ResolvedSpoolOptions {
  readonly files: Files;
  readonly clock: Clock;
  readonly failures: FailureLog;
  /** The folder of the spool. */
  readonly root: string;
  /** Told of dead letters that are kept no longer. */
  readonly lettersLost?: ((name: LogName, reason: LossReason, items: number) => void) | undefined;
}

/** What a log holds, without whose it is. */
export type LogKind = Omit<LogName, 'owner' | 'index'>;

const TOUCH_MILLIS = 10_000;
const LOST_BY = { held: undefined, taken: 'spool_taken_over', removed: 'spool_removed' } as const;

/** One lock, and the logs that are ours by it. */
export class OwnedLogs {
  readonly identity: OwnerIdentity;
  readonly #options: OwnedLogsOptions;
  readonly #logs: OpenLog[] = [];
  readonly #lostLetters: FirstDrop;
  readonly #startEpoch: number;
  readonly #startMonotonic: number;
  #lock: OwnerLock | undefined;
  #nextIndex = 0;
  #touchedAt = -Infinity;

  constructor(options: OwnedLogsOptions) {
    this.#options = options;
    this.identity = thisThread(options.files);
    this.#lostLetters = new FirstDrop(options.failures);
    this.#startEpoch = options.clock.epochMillis();
    this.#startMonotonic = options.clock.monotonicMillis();
  }

  get all(): readonly OpenLog[] {
    return this.#logs;
  }

  isOurs(owner: string): boolean {
    return owner === this.#lock?.id;
  }

  /** Milliseconds since the Unix epoch that do not jump while the process lives. */
  now(): number {
    return this.#startEpoch + this.#options.clock.monotonicMillis() - this.#startMonotonic;
  }

  /** The lock, taken where there is none. Throws what is wrong with the folder. */
  lock(): OwnerLock {
    if (this.#lock !== undefined) return this.#lock;
    const { files, root, clock, fsync } = this.#options;
    prepareSpoolFolder(files, root, fsync);
    const id = `${process.pid}-${randomBytes(6).toString('hex')}`;
    this.#lock = new OwnerLock(files, root, id, this.identity);
    this.#touchedAt = clock.monotonicMillis();
    return this.#lock;
  }

  /** Lets go of what is not ours any more. To be called before a write or a read; looks once in a while. */
  check(): void {
    const now = this.#options.clock.monotonicMillis();
    if (now - this.#touchedAt >= TOUCH_MILLIS / 5) this.checkNow();
  }

  checkNow(): void {
    const { failures, files, clock, root } = this.#options;
    this.#touchedAt = clock.monotonicMillis();
    const holding = this.#lock?.touch(clock.epochMillis());
    if (holding === undefined) return;
    const reason = LOST_BY[holding];
    for (const open of this.#logs.slice()) {
      if (reason === undefined && isThere(files, open.folder)) continue;
      this.#logs.splice(this.#logs.indexOf(open), 1);
      open.log.abandon(reason ?? 'spool_removed');
      open.client?.gone(open.log);
    }
    if (holding === 'held') return;
    failures.report(
      'keeping the spool',
      new Error(
        holding === 'taken'
          ? 'another process took its files over, because this one stood still for long'
          : `${root} was removed, or something else was put in its place`,
      ),
    );
    this.#lock?.release();
    this.#lock = undefined;
  }

  /** A new log. Without a client it is one of dead letters. Throws what making it throws. */
  make(kind: LogKind, client?: LogClient, policy?: LogPolicy): OpenLog {
    const { files, fsync, root } = this.#options;
    const name = this.#ours(kind);
    const folder = this.#folderOf(name);
    makeLogFolder(files, folder, policy ?? this.policyOf(name), fsync);
    syncFolder(files, root, fsync);
    return this.#open(name, folder, client, false);
  }

  /**
   * Takes over a log of a dead owner. Renaming its folder succeeds for one process only: undefined where another one was
   * quicker. Throws what opening it throws.
   */
  claim(found: string, kind: LogKind, client?: LogClient): OpenLog | undefined {
    const { files, root } = this.#options;
    const name = this.#ours(kind);
    const folder = this.#folderOf(name);
    if (!attempt(() => files.renameSync(join(root, found), folder))) return undefined;
    return this.#open(name, folder, client, true);
  }

  /** Lets go of a log, for whoever can deliver it: under the name of an owner that has no lock. */
  giveBack(open: OpenLog): void {
    this.close(open, false);
    const theirs = { ...open.name, owner: `left-${randomBytes(6).toString('hex')}`, index: 0 };
    attempt(() => this.#options.files.renameSync(open.folder, this.#folderOf(theirs)));
  }

  /** Its folder goes as well when nothing is left in it. */
  close(open: OpenLog, sync: boolean): void {
    this.#logs.splice(this.#logs.indexOf(open), 1);
    open.log.close(sync);
    if (!open.log.isDrained) return;
    removeLogFolder(this.#options.files, open.folder, this.now() - open.policy.maxAgeMillis);
  }

  closeAll(sync: boolean): void {
    this.checkNow();
    for (const open of this.#logs.slice()) this.close(open, sync);
    this.#lock?.release();
    this.#lock = undefined;
  }

  policyOf({ sensitivity, refusedBecause }: LogKind): LogPolicy {
    const { maxAgeMillis, maxBytes, deadLetters } = this.#options;
    const ofLetters = {
      maxAgeMillis: deadLetters.maxAgeMillis[sensitivity],
      maxBytes: deadLetters.maxBytes,
    };
    return refusedBecause === undefined
      ? { maxAgeMillis: maxAgeMillis[sensitivity], maxBytes, deadLetters: ofLetters }
      : ofLetters;
  }

  #ours(kind: LogKind): LogName {
    return { ...kind, owner: this.lock().id, index: this.#nextIndex++ };
  }

  #folderOf(name: LogName): string {
    return join(this.#options.root, formatLogName(name));
  }

  #open(name: LogName, folder: string, client: LogClient | undefined, isAdopted: boolean): OpenLog {
    const { files, segmentBytes, fsync, failures, deadLetters } = this.#options;
    const log = new RecordLog({
      files,
      folder,
      signal: name.signal,
      sensitivity: name.sensitivity,
      segmentBytes: client === undefined ? deadLetters.segmentBytes : segmentBytes,
      fsync,
      now: () => this.now(),
      lost: (reason, items) => {
        if (client === undefined) {
          this.#lostLetters.tell(reason, `${items} items of dead letters of ${name.destination}`);
          this.#options.lettersLost?.(name, reason, items);
        } else client.lost(this.#whyLost(reason, folder), items);
      },
      failed: (what, error) => failures.report(what, error),
    });
    const policy = readPolicy(files, folder) ?? this.policyOf(name);
    const open = { name, folder, log, client, isAdopted, policy };
    this.#logs.push(open);
    return open;
  }

  /** What cannot be read may have been taken or removed since we last looked. */
  #whyLost(reason: LossReason, folder: string): LossReason {
    if (reason !== 'spool_unreadable') return reason;
    const { clock, files } = this.#options;
    const holding = this.#lock?.touch(clock.epochMillis()) ?? 'held';
    const lostBy = LOST_BY[holding] ?? (isThere(files, folder) ? undefined : 'spool_removed');
    if (lostBy !== undefined) this.#touchedAt = -Infinity;
    return lostBy ?? reason;
  }
}

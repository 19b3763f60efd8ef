import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock, FailureLog, Signal } from '@llm-otel/core';
import type { ResolvedSpoolOptions } from '../disk-spool-options.ts';
import type { Sensitivity } from '../sensitivity.ts';
import { attempt, type Files, isThere, makePrivate, namesIn } from './files.ts';
import { formatLogName, type LogName, parseLogName } from './log-name.ts';
import { type OwnerIdentity, thisThread } from './owner-identity.ts';
import { type Holding, lockedOwners, Obituaries, OwnerLock } from './owner-lock.ts';
import type { LossReason } from './hands.ts';
import { RecordLog } from './record-log.ts';
import { prepareSpoolFolder, spoolFolder } from './spool-folder.ts';
import { SpoolProblem } from './spool-problem.ts';

const TICK_MILLIS = 500;
const TOUCH_MILLIS = 10_000;
const SCAN_MILLIS = 30_000;
// Six touches that did not come.
const SILENCE_MILLIS = 60_000;

/** Whose logs these are, and what it wants to hear. */
export interface LogClient {
  readonly destination: string;
  readonly signal: Signal;
  lost(reason: LossReason, items: number): void;
  /** A log of an earlier process that is ours now. */
  adopted(log: RecordLog): void;
  /** The log is gone: another process took this one for dead, or its files were removed. */
  gone(log: RecordLog): void;
}

interface OpenLog {
  readonly name: LogName;
  readonly folder: string;
  readonly log: RecordLog;
  readonly client: LogClient;
  readonly isAdopted: boolean;
}

const LOST_BY = { held: undefined, taken: 'spool_taken_over', removed: 'spool_removed' } as const;

export interface SpoolStoreOptions extends ResolvedSpoolOptions {
  readonly files: Files;
  readonly clock: Clock;
  readonly failures: FailureLog;
}

/**
 * The part of a spool folder that belongs to one processor or exporter: one lock, any number of logs. Adopts logs of processes that
 * are dead, keeps to the bounds, and does what has to be done from time to time.
 */
export class SpoolStore {
  readonly #options: SpoolStoreOptions;
  readonly #root: string;
  readonly #identity: OwnerIdentity;
  readonly #obituaries: Obituaries;
  readonly #clients: LogClient[] = [];
  readonly #logs: OpenLog[] = [];
  readonly #startEpoch: number;
  readonly #startMonotonic: number;
  #lock: OwnerLock | undefined;
  #nextIndex = 0;
  #timer: unknown;
  #touchedAt = -Infinity;
  #scannedAt = -Infinity;
  #closed = false;

  constructor(options: SpoolStoreOptions) {
    const { clock, files } = options;
    this.#options = options;
    this.#root = spoolFolder(options.directory);
    this.#identity = thisThread(files);
    this.#obituaries = new Obituaries(files, this.#root, this.#identity, clock, SILENCE_MILLIS);
    this.#startEpoch = clock.epochMillis();
    this.#startMonotonic = clock.monotonicMillis();
  }

  /** The folder it keeps everything in. */
  get folder(): string {
    return this.#root;
  }

  /** Has room made for it and is told what is found. The first look is taken in the next turn. */
  join(client: LogClient): void {
    this.#clients.push(client);
    this.#scannedAt = -Infinity;
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
    this.#schedule(0);
  }

  /** A log of our own to append to. Throws what making it throws. */
  create(client: LogClient, sensitivity: Sensitivity): RecordLog {
    const { destination, signal } = client;
    const lock = this.#owned();
    const name = { destination, signal, sensitivity, owner: lock.id, index: this.#nextIndex++ };
    const folder = join(this.#root, formatLogName(name));
    const { files } = this.#options;
    files.mkdirSync(folder, { mode: 0o700 });
    makePrivate(files, folder, files.statSync(folder).mode, 0o700);
    return this.#open(name, folder, client, false);
  }

  /** Makes room for a record, at the expense of the oldest ones. False when it can have none. */
  makeRoom(bytes: number): boolean {
    const { maxBytes } = this.#options;
    if (bytes > maxBytes) return false;
    while (this.#logs.reduce((sum, { log }) => sum + log.bytes, 0) + bytes > maxBytes) {
      const oldest = this.#logs
        .filter(({ log }) => log.oldestSegmentTime !== undefined)
        .toSorted((a, b) => a.log.oldestSegmentTime! - b.log.oldestSegmentTime!)[0];
      if (oldest === undefined || !oldest.log.evictOldest('spool_full')) return false;
    }
    return true;
  }

  /** Lets go of what is not ours any more. Asked before a write or a read, looks once in a while. */
  checkLock(): void {
    const now = this.#options.clock.monotonicMillis();
    if (now - this.#touchedAt >= TOUCH_MILLIS / 5) this.#checkNow();
  }

  /** Cursors are written, files closed, and what is left is anybody's. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#checkNow();
    for (const { log, folder } of this.#logs.splice(0)) {
      log.close(this.#options.fsync !== 'never');
      attempt(() => this.#options.files.rmdirSync(folder));
    }
    this.#lock?.release();
    this.#lock = undefined;
  }

  #checkNow(): void {
    const { failures, files } = this.#options;
    const holding = this.#touch();
    if (holding === undefined) return;
    const reason = LOST_BY[holding];
    for (const open of this.#logs.slice()) {
      if (reason === undefined && isThere(files, open.folder)) continue;
      this.#logs.splice(this.#logs.indexOf(open), 1);
      open.log.abandon(reason ?? 'spool_removed');
      open.client.gone(open.log);
    }
    if (holding === 'held') return;
    failures.report(
      'keeping the spool',
      new Error(
        holding === 'taken'
          ? 'another process took its files over, because this one stood still for long'
          : `${this.#root} was removed, or something else was put in its place`,
      ),
    );
    this.#lock?.release();
    this.#lock = undefined;
  }

  /** Undefined where there is nothing to hold. */
  #touch(): Holding | undefined {
    const { clock } = this.#options;
    this.#touchedAt = clock.monotonicMillis();
    return this.#lock?.touch(clock.epochMillis());
  }

  #now(): number {
    return this.#startEpoch + this.#options.clock.monotonicMillis() - this.#startMonotonic;
  }

  #schedule(delayMillis: number): void {
    if (this.#closed) return;
    this.#timer = this.#options.clock.setTimer(() => {
      try {
        this.#tend();
      } catch (error) {
        const problem = SpoolProblem.of(this.#root, error);
        this.#options.failures.report(`using the spool (${problem.code})`, problem);
      }
      this.#schedule(TICK_MILLIS);
    }, delayMillis);
  }

  #tend(): void {
    const { clock, fsync } = this.#options;
    const now = clock.monotonicMillis();
    this.checkLock();
    for (const { log } of this.#logs) {
      if (fsync === 'interval') log.syncAside();
      log.checkpoint();
    }
    if (now - this.#scannedAt < SCAN_MILLIS) return;
    this.#scannedAt = now;
    // A directory that cannot be used is told of now and not in the first outage.
    this.#owned();
    this.#expire();
    this.#dropEmpty();
    this.#adopt();
  }

  #expire(): void {
    const now = this.#now();
    for (const { log, name } of this.#logs) {
      const maxAge = this.#options.maxAgeMillis[name.sensitivity];
      log.rotateOlderThan(maxAge / 10);
      while (now - (log.oldestSegmentTime ?? now) >= maxAge)
        if (!log.evictOldest('spool_expired')) break;
    }
  }

  /** Adopted logs end when they are delivered. */
  #dropEmpty(): void {
    const drained = this.#logs.filter(({ isAdopted, log }) => isAdopted && log.isDrained);
    for (const open of drained) {
      open.log.close(false);
      attempt(() => this.#options.files.rmdirSync(open.folder));
      this.#logs.splice(this.#logs.indexOf(open), 1);
    }
  }

  /** Takes over the logs of the dead that one of our destinations can deliver. Renaming a folder succeeds for one only. */
  #adopt(): void {
    const { files } = this.#options;
    const names = namesIn(files, this.#root);
    const dead = new Map<string, boolean>();
    const isDead = (owner: string): boolean => {
      let known = dead.get(owner);
      if (known === undefined) dead.set(owner, (known = this.#obituaries.isDead(owner)));
      return known;
    };
    for (const owner of lockedOwners(names))
      if (owner !== this.#lock?.id && isDead(owner)) this.#obituaries.bury(owner);
    for (const found of names) {
      const name = parseLogName(found);
      if (name === undefined || name.owner === this.#lock?.id || !isDead(name.owner)) continue;
      const client = this.#clients.find(
        ({ destination, signal }) => destination === name.destination && signal === name.signal,
      );
      if (client !== undefined) this.#adoptLog(found, name, client);
      else this.#removeIfOld(join(this.#root, found), name.sensitivity);
    }
  }

  #adoptLog(found: string, name: LogName, client: LogClient): void {
    const { files, failures } = this.#options;
    try {
      const ours = { ...name, owner: this.#owned().id, index: this.#nextIndex++ };
      const folder = join(this.#root, formatLogName(ours));
      if (!attempt(() => files.renameSync(join(this.#root, found), folder))) return;
      client.adopted(this.#open(ours, folder, client, true));
    } catch (error) {
      failures.report('adopting what an earlier process left in the spool', error);
    }
  }

  /** Of destinations that nobody has any more. */
  #removeIfOld(folder: string, sensitivity: Sensitivity): void {
    const { files, maxAgeMillis, clock } = this.#options;
    const times = namesIn(files, folder).map((name) => files.statSync(join(folder, name)).mtimeMs);
    if (clock.epochMillis() - Math.max(0, ...times) < maxAgeMillis[sensitivity]) return;
    attempt(() => files.rmSync(folder, { recursive: true, force: true }));
  }

  #owned(): OwnerLock {
    if (this.#lock !== undefined) return this.#lock;
    const { files } = this.#options;
    prepareSpoolFolder(files, this.#root);
    const id = `${process.pid}-${randomBytes(6).toString('hex')}`;
    this.#lock = new OwnerLock(files, this.#root, id, this.#identity);
    this.#touchedAt = this.#options.clock.monotonicMillis();
    return this.#lock;
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

  #open(name: LogName, folder: string, client: LogClient, isAdopted: boolean): RecordLog {
    const { files, segmentBytes, fsync, failures } = this.#options;
    const log = new RecordLog({
      files,
      folder,
      signal: name.signal,
      sensitivity: name.sensitivity,
      segmentBytes,
      fsync,
      now: () => this.#now(),
      lost: (reason, items) => client.lost(this.#whyLost(reason, folder), items),
      failed: (what, error) => failures.report(what, error),
    });
    this.#logs.push({ name, folder, log, client, isAdopted });
    return log;
  }
}

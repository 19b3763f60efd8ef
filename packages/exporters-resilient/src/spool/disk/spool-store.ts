import type { Clock, FailureLog } from '@llm-otel/core';
import type { ResolvedSpoolOptions } from '../disk-spool-options.ts';
import type { Sensitivity } from '../sensitivity.ts';
import type { StoredRequest } from '../spool.ts';
import { DeadLetters } from './dead-letters.ts';
import { type Files, namesIn } from './files.ts';
import { type Leftover, Leftovers } from './leftovers.ts';
import type { LogClient } from './log-client.ts';
import { type LogName, parseLogName } from './log-name.ts';
import { expire, type OpenLog, shrink } from './open-log.ts';
import { OwnedLogs } from './owned-logs.ts';
import { lockedOwners, Obituaries, removeTornLocks } from './owner-lock.ts';
import type { RecordLog } from './record-log.ts';
import { spoolFolder } from './spool-folder.ts';
import { SpoolProblem } from './spool-problem.ts';

const TICK_MILLIS = 500;
const SCAN_MILLIS = 30_000;
// Six touches that did not come.
const SILENCE_MILLIS = 60_000;
// The event loop belongs to the application.
const AT_ONCE_MILLIS = 10;
// At its end it has nothing else to do.
const AT_THE_END_MILLIS = 250;

export interface SpoolStoreOptions extends ResolvedSpoolOptions {
  readonly files: Files;
  readonly clock: Clock;
  readonly failures: FailureLog;
}

/**
 * The part of a spool folder that belongs to one processor or exporter. Adopts logs of owners that are dead, keeps to the
 * bounds, and does what has to be done from time to time.
 */
export class SpoolStore {
  /** The folder it keeps everything in. */
  readonly folder: string;
  readonly #options: SpoolStoreOptions;
  readonly #logs: OwnedLogs;
  readonly #letters: DeadLetters;
  readonly #leftovers: Leftovers;
  readonly #obituaries: Obituaries;
  readonly #clients: LogClient[] = [];
  #toAdopt: Leftover[] = [];
  #timer: unknown;
  #tendedAt = -Infinity;
  #checkpoints = 0;
  #scannedAt = -Infinity;
  #closed = false;

  constructor(options: SpoolStoreOptions) {
    const { clock, files, failures, deadLetters, directory } = options;
    this.#options = options;
    const root = spoolFolder(directory);
    this.folder = root;
    const logs = new OwnedLogs({
      ...options,
      root,
      lettersLost: (name, reason, items) => this.#countingFor(name)?.lettersLost(reason, items),
    });
    this.#logs = logs;
    this.#obituaries = new Obituaries(files, root, logs.identity, clock, SILENCE_MILLIS);
    this.#letters = new DeadLetters({ directory, maxBytes: deadLetters.maxBytes, logs, failures });
    this.#leftovers = new Leftovers({
      files,
      root,
      policyOf: (name) => logs.policyOf(name),
      claim: (leftover) => this.#claimForOthers(leftover),
      release: (open) => logs.giveBack(open),
    });
  }

  /** Has room made for it and is told what is found. The first look is taken in the next turn. */
  join(client: LogClient): void {
    this.#clients.push(client);
    this.#scannedAt = -Infinity;
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
    this.#schedule(0);
  }

  /** What was to be done in the next turns is done now: a process that ends at once takes over what others left as well. */
  takeOver(): void {
    if (this.#closed || (this.#scannedAt !== -Infinity && this.#toAdopt.length === 0)) return;
    this.#guarded(() => {
      const now = this.#options.clock.monotonicMillis();
      if (this.#toAdopt.length === 0) this.#scan(now);
      this.#adopt(now, AT_THE_END_MILLIS);
    });
  }

  /** A log of our own to append to. Throws what making it throws. */
  create(client: LogClient, sensitivity: Sensitivity): RecordLog {
    const { destination, signal } = client;
    return this.#logs.make({ destination, signal, sensitivity }, client).log;
  }

  /**
   * Makes room for a record, at the expense of the oldest ones: ours within our bound, and all together within that of
   * those we took over, where it is larger. False when it can have none.
   */
  makeRoom(bytes: number): boolean {
    const { maxBytes } = this.#options;
    const own = this.#logs.all.filter((open) => open.client !== undefined && !open.isAdopted);
    return bytes <= maxBytes && shrink(own, maxBytes - bytes) && this.#shrinkAll(bytes);
  }

  /** Keeps what the receiver of a client refused for good. Throws what writing throws. */
  keepRefused(client: LogClient, request: StoredRequest, reason: string): void {
    const isKept = this.#letters.put(client, request, reason);
    if (!isKept && this.#options.deadLetters.maxBytes > 0)
      client.lettersLost('spool_full', request.items);
  }

  /** Lets go of what is not ours any more. To be called before a write or a read. */
  checkLock(): void {
    this.#logs.check();
  }

  /** Cursors are written, files closed, and what is left is anybody's. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#logs.closeAll(this.#options.fsync !== 'never');
  }

  #schedule(delayMillis: number): void {
    if (this.#closed) return;
    this.#timer = this.#options.clock.setTimer(() => {
      this.#guarded(() => this.#tend());
      this.#schedule(this.#toAdopt.length > 0 ? 0 : TICK_MILLIS);
    }, delayMillis);
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      const problem = SpoolProblem.of(this.folder, error);
      this.#options.failures.report(`using the spool (${problem.code})`, problem);
    }
  }

  #tend(): void {
    const { clock } = this.#options;
    const now = clock.monotonicMillis();
    this.checkLock();
    if (now - this.#tendedAt >= TICK_MILLIS) {
      this.#tendedAt = now;
      this.#checkpoint(now);
    }
    if (this.#toAdopt.length === 0 && now - this.#scannedAt >= SCAN_MILLIS) this.#scan(now);
    if (this.#toAdopt.length > 0) this.#adopt(now, AT_ONCE_MILLIS);
  }

  #scan(now: number): void {
    this.#scannedAt = now;
    // A directory that cannot be used is told of now and not in the first outage.
    this.#logs.lock();
    for (const open of this.#logs.all.slice()) this.#age(open);
    this.#look();
  }

  /** As many logs as fit into a short while, in turns. */
  #checkpoint(since: number): void {
    const { clock, fsync } = this.#options;
    const logs = this.#logs.all;
    for (let i = 0; i < logs.length; i++) {
      const { log } = logs[++this.#checkpoints % logs.length]!;
      if (fsync === 'interval') log.syncAside();
      log.checkpoint();
      if (clock.monotonicMillis() - since > AT_ONCE_MILLIS) return;
    }
  }

  #age(open: OpenLog): void {
    open.log.rotateOlderThan(open.policy.maxAgeMillis / 10);
    expire(open, this.#logs.now());
    // Adopted logs end when they are delivered.
    if (open.isAdopted && open.log.isDrained) this.#logs.close(open, false);
  }

  /** Finds the logs of the dead: what one of our destinations can deliver is adopted, and of the rest the bounds are kept. */
  #look(): void {
    const names = namesIn(this.#options.files, this.folder);
    removeTornLocks(this.#options.files, this.folder, names, this.#logs.now());
    const isDead = this.#obituaries.today((id) => this.#logs.isOurs(id));
    for (const owner of lockedOwners(names)) if (isDead(owner)) this.#obituaries.bury(owner);
    const leftovers: Leftover[] = [];
    for (const found of names) {
      const name = parseLogName(found);
      if (name === undefined || !isDead(name.owner)) continue;
      (this.#clientOf(name) === undefined ? leftovers : this.#toAdopt).push({ found, name });
    }
    this.#leftovers.tend(leftovers, this.#logs.now());
  }

  #clientOf({ destination, signal, refusedBecause }: LogName): LogClient | undefined {
    if (refusedBecause !== undefined) return undefined;
    return this.#clients.find(
      (client) => client.destination === destination && client.signal === signal,
    );
  }

  /** As many as fit into a short while; the rest follows. */
  #adopt(since: number, longestMillis: number): void {
    const { clock, failures } = this.#options;
    while (this.#toAdopt.length > 0) {
      const { found, name } = this.#toAdopt.shift()!;
      const client = this.#clientOf(name);
      failures.guard('adopting what an earlier process left in the spool', () => {
        const open = client && this.#logs.claim(found, name, client);
        if (open === undefined) return;
        client?.adopted(open.log);
        this.#age(open);
      });
      if (clock.monotonicMillis() - since > longestMillis) break;
    }
    this.#shrinkAll(0);
    for (const client of this.#clients) client.more();
  }

  #shrinkAll(bytes: number): boolean {
    const live = this.#logs.all.filter(({ client }) => client !== undefined);
    const most = Math.max(this.#options.maxBytes, ...live.map(({ policy }) => policy.maxBytes));
    return shrink(live, most - bytes);
  }

  /** Who counts what is lost of a log that belongs to no account: the destination it was for, where it is one of ours. */
  #countingFor({ destination, signal }: LogName): LogClient | undefined {
    const ofSignal = this.#clients.filter((client) => client.signal === signal);
    return (
      ofSignal.find((client) => client.destination === destination) ??
      ofSignal[0] ??
      this.#clients[0]
    );
  }

  /** A log that none of our destinations can deliver: what is dropped of it is counted by one of them. */
  #claimForOthers({ found, name }: Leftover): OpenLog | undefined {
    const counting = this.#countingFor(name);
    if (name.refusedBecause !== undefined || counting === undefined)
      return this.#logs.claim(found, name);
    const lost: LogClient['lost'] = (reason, items) => counting.lostOfOthers(reason, items);
    const nothing = (): void => undefined;
    return this.#logs.claim(found, name, {
      destination: name.destination,
      signal: name.signal,
      lost,
      lostOfOthers: lost,
      lettersLost: nothing,
      adopted: nothing,
      more: nothing,
      gone: nothing,
    });
  }
}

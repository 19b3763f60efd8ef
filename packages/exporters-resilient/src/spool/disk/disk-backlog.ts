import type { FailureLog } from '@llm-otel/core';
import type { Backlog, Refusal, Stored } from '../../delivery/backlog.ts';
import { FirstDrop } from '../../delivery/first-drop.ts';
import type { Payload } from '../../delivery/sender.ts';
import type { Sensitivity } from '../sensitivity.ts';
import type { BacklogOptions, StoredRequest } from '../spool.ts';
import { HEADER_BYTES } from './record-header.ts';
import type { LossReason } from './hands.ts';
import { storedName } from './log-name.ts';
import type { LogClient } from './log-client.ts';
import type { RecordLog } from './record-log.ts';
import { SpoolProblem } from './spool-problem.ts';
import type { SpoolStore } from './spool-store.ts';

const WHAT_HELPS: Readonly<Record<LossReason, string>> = {
  spool_full: 'the oldest made room for the newest; spool.maxBytes allows more',
  spool_expired: 'they were older than spool.maxAgeMillis',
  spool_unreadable: 'their files are damaged or were removed; llm-otel spool verify shows which',
  spool_taken_over: 'another process took them over, for this one stood still for long',
  spool_removed: 'their folder was removed, or something else was put in its place',
};

/** What one destination has in the spool: a log of its own for each sensitivity, and those of earlier processes. */
export class DiskBacklog<P extends Payload> implements Backlog<P>, LogClient {
  readonly ahead: boolean;
  readonly #options: BacklogOptions<P>;
  readonly #store: SpoolStore;
  readonly #failures: FailureLog;
  readonly #firstDrop: FirstDrop;
  readonly #own = new Map<Sensitivity, RecordLog>();
  #adopted: RecordLog[] = [];
  #more: () => void = () => undefined;

  constructor(options: BacklogOptions<P>, store: SpoolStore, ahead: boolean, failures: FailureLog) {
    this.#options = options;
    this.#store = store;
    this.ahead = ahead;
    this.#failures = failures;
    this.#firstDrop = new FirstDrop(failures);
    store.join(this);
  }

  get destination(): string {
    return storedName(this.#options.destination);
  }

  get signal(): BacklogOptions<P>['signal'] {
    return this.#options.signal;
  }

  get hasMore(): boolean {
    for (const log of this.#logs()) if (log.items > 0) return true;
    return false;
  }

  put(payload: P): Stored | Refusal {
    try {
      const request = this.#options.codec.encode(payload);
      this.#store.checkLock();
      if (!this.#store.makeRoom(HEADER_BYTES + request.body.length))
        return { refused: 'spool_full' };
      return this.#logOf(request).put(request);
    } catch (error) {
      return { refused: this.#report(error).reason };
    }
  }

  next(): { readonly payload: P; readonly stored: Stored } | undefined {
    this.#store.checkLock();
    while (this.#adopted[0]?.isDrained === true) this.#adopted.shift();
    for (const log of this.#logs()) {
      while (log.items > 0) {
        const taken = log.next();
        if (taken === undefined) break;
        const payload = this.#failures.guard('decoding what was spooled', () =>
          this.#options.codec.decode(taken.request),
        );
        if (payload !== undefined) return { payload, stored: taken.stored };
        taken.stored.settled(taken.request.items);
        this.lost('spool_unreadable', taken.request.items);
      }
    }
    return undefined;
  }

  takeOver(): void {
    this.#store.takeOver();
  }

  onMore(callback: () => void): void {
    this.#more = callback;
  }

  close(): void {
    this.#more = () => undefined;
  }

  lost(reason: LossReason, items: number): void {
    const { ledger, destination } = this.#options;
    ledger.unspooled(items);
    ledger.dropped(reason, items);
    this.#firstDrop.tell(
      reason,
      `${items} items in the spool for ${destination}: ${WHAT_HELPS[reason]}`,
    );
  }

  lostOfOthers(reason: LossReason, items: number): void {
    this.#options.ledger.recovered(items);
    this.lost(reason, items);
  }

  lettersLost(reason: LossReason, items: number): void {
    this.#options.ledger.deadLettersDropped(reason, items);
  }

  refused(payload: P, reason: string): void {
    try {
      this.#store.checkLock();
      this.#store.keepRefused(this, this.#options.codec.encode(payload), reason);
    } catch (error) {
      this.#report(error);
    }
  }

  adopted(log: RecordLog): void {
    this.#options.ledger.recovered(log.items);
    this.#adopted.push(log);
  }

  more(): void {
    this.#adopted = this.#adopted.filter(({ isDrained }) => !isDrained);
    if (this.hasMore) this.#more();
  }

  gone(log: RecordLog): void {
    this.#adopted = this.#adopted.filter((other) => other !== log);
    for (const [sensitivity, own] of this.#own) if (own === log) this.#own.delete(sensitivity);
  }

  /** Oldest first: what earlier processes left, then our own. */
  *#logs(): Generator<RecordLog> {
    yield* this.#adopted;
    yield* this.#own.values();
  }

  #report(error: unknown): SpoolProblem {
    const problem = SpoolProblem.of(this.#store.folder, error);
    this.#failures.report(`using the spool (${problem.code})`, problem);
    return problem;
  }

  #logOf({ sensitivity }: StoredRequest): RecordLog {
    let log = this.#own.get(sensitivity);
    if (log === undefined)
      this.#own.set(sensitivity, (log = this.#store.create(this, sensitivity)));
    return log;
  }
}

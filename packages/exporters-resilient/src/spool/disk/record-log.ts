import { dirname } from 'node:path';
import type { Refusal, Stored } from '../../delivery/backlog.ts';
import type { StoredRequest } from '../spool.ts';
import type { Cursor } from './cursor.ts';
import { CursorFile } from './cursor-file.ts';
import { attempt } from './files.ts';
import { type Handed, Hands, type LossReason } from './hands.ts';
import { loadLog } from './load-log.ts';
import { LogTail } from './log-tail.ts';
import { LogWalk } from './log-walk.ts';
import { HEADER_BYTES, headerOf, writeHeader } from './record-header.ts';
import type { RecordLogOptions, TakenRecord } from './record-log-options.ts';
import type { Segment } from './segments.ts';
import { settledSegments } from './settled-segments.ts';
import { SpoolProblem } from './spool-problem.ts';

/**
 * Records in files, oldest first, each settled once. Appending never touches what is there; a segment is deleted when
 * every record in it is settled, after the cursor says so. After a crash everything is given again that is not settled by it.
 */
export class RecordLog {
  readonly #options: RecordLogOptions;
  readonly #segments: Segment[];
  readonly #hands: Hands;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  readonly #tail: LogTail;
  readonly #walk: LogWalk;
  readonly #cursor: CursorFile;
  #isClosed = false;
  #nextSequence: number;
  #nextItem: number;
  #atRest: number;

  constructor(options: RecordLogOptions) {
    this.#options = options;
    const { segments, cursor, lastNumber } = loadLog(options);
    this.#segments = segments;
    this.#nextSequence = cursor.end.sequence;
    this.#nextItem = cursor.end.item;
    this.#hands = new Hands(cursor.settled, (handed) => this.#rest(handed));
    this.#cursor = new CursorFile(options, cursor);
    this.#walk = new LogWalk(options, segments, cursor);
    this.#tail = new LogTail(options, segments, lastNumber + 1);
    this.#atRest = this.#itemsOpen(cursor.item, this.#nextItem);
  }

  /** Items at rest. */
  get items(): number {
    return this.#atRest;
  }

  /** Whether everything was settled and nothing is left on disk. */
  get isDrained(): boolean {
    return this.#segments.length === 0 && this.#isSettled;
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { size }) => sum + size, 0);
  }

  /** What lies on disk, oldest first. */
  get segments(): readonly Readonly<Pick<Segment, 'size' | 'newest'>>[] {
    return this.#segments;
  }

  /**
   * Appends a record, which the caller holds.
   * @param time milliseconds since the Unix epoch, from which on it grows old
   */
  put(request: StoredRequest, time: number = this.#options.now()): Stored | Refusal {
    this.#skipHanded();
    const { folder, failed } = this.#options;
    const place = { sequence: this.#nextSequence, firstItem: this.#nextItem, time };
    const header = headerOf(request, this.#options, place);
    writeHeader(header, this.#header);
    try {
      const { segment, offset, end } = this.#tail.append(header, [this.#header, request.body]);
      const at = { segment, offset, sequence: this.#nextSequence, item: this.#nextItem };
      this.#nextSequence++;
      this.#nextItem += request.items;
      return this.#hands.holdOn(this.#hands.hand({ at, end, header }));
    } catch (error) {
      const problem = SpoolProblem.of(dirname(folder), error);
      failed(`writing to the spool (${problem.code})`, problem);
      return { refused: problem.reason };
    }
  }

  /** The oldest record at rest, held by the caller from now on. What cannot be read is counted and passed over. */
  next(): TakenRecord | undefined {
    for (let back = this.#hands.takeReturned(); back; back = this.#hands.takeReturned()) {
      this.#atRest -= back.header.items;
      const taken = this.#taken(back);
      if (taken !== undefined) return taken;
      this.#lose(back);
    }
    while (this.#atRest > 0) {
      this.#skipHanded();
      const handed = this.#read();
      if (handed === undefined) break;
      this.#atRest -= handed.header.items;
      const taken = this.#taken(handed);
      if (taken !== undefined) return taken;
      this.#lose(handed);
    }
    // The end of the log, and something is missing: the last records cannot be read.
    const missing = this.#atRest;
    this.#atRest = 0;
    if (missing > 0) {
      const end = { sequence: this.#nextSequence, item: this.#nextItem };
      this.#walk.moveTo({ ...this.#walk.position, ...end });
      this.#options.lost('spool_unreadable', missing);
    }
    return undefined;
  }

  /** Moves the cursor past what is settled, deletes the segments in front of it, and notes how far the log goes. */
  checkpoint(): void {
    this.#writeCursor();
    // A delivery that goes well leaves something to delete now and then only: what is not deleted needs no sync.
    if (this.#settledBy(this.#cursor.written).length === 0) return;
    this.#cursor.makeSafe(() => {
      if (!this.#isClosed) this.#deleteSettled();
    });
  }

  /** Drops the oldest segments with what lies at rest in them. False when there is none. */
  evictOldest(reason: LossReason, count: number = 1): boolean {
    const last = this.#segments[Math.min(count, this.#segments.length) - 1];
    if (last === undefined) return false;
    const [first] = this.#segments;
    const next = this.#segments[count];
    if (next === undefined) this.#tail.discard();
    const endItem = next?.item ?? this.#nextItem;
    const { position } = this.#walk;
    const passed = position.segment > last.number;
    if (!passed) this.#passGap(this.#itemsOpen(position.item, first!.item));
    const start = Math.max(first!.item, position.item);
    const unread = passed ? 0 : this.#itemsOpen(start, endItem);
    const items = unread + this.#hands.itemsReturned(last.number);
    this.#hands.dropUpTo(last.number, reason);
    if (!passed)
      this.#walk.moveTo({
        segment: next?.number ?? last.number + 1,
        offset: 0,
        sequence: next?.sequence ?? this.#nextSequence,
        item: endItem,
      });
    const lost = Math.min(items, this.#atRest);
    this.#atRest -= lost;
    if (lost > 0) this.#options.lost(reason, lost);
    this.checkpoint();
    while ((this.#segments[0]?.number ?? Infinity) <= last.number) this.#delete(this.#segments[0]!);
    return true;
  }

  /** Ends the segment that is written to, so that it can grow old as a whole. */
  rotateOlderThan(millis: number): void {
    this.#tail.endOlderThan(this.#options.now() - millis);
  }

  /** What was put so far will soon be on the disk itself; nobody waits for it. */
  syncAside(): void {
    this.#tail.syncAside();
  }

  sync(): void {
    try {
      this.#tail.sync();
    } catch (error) {
      this.#options.failed('syncing the spool', error);
    }
  }

  /** Writes the cursor and lets go of all files. */
  close(sync: boolean): void {
    this.#isClosed = true;
    this.#writeCursor();
    this.#cursor.makeSafeNow(sync);
    this.#deleteSettled();
    if (sync) this.sync();
    this.#tail.end();
    this.#walk.close();
  }

  /** The files are not ours any more: nothing is read, written or deleted, and nothing lies at rest. */
  abandon(reason: LossReason): void {
    this.#isClosed = true;
    this.#tail.discard();
    this.#walk.close();
    this.#segments.splice(0);
    this.#hands.dropUpTo(Infinity, reason);
    const left = this.#atRest;
    this.#atRest = 0;
    if (left > 0) this.#options.lost(reason, left);
  }

  /** A record that was in a delivery's hands lies here again. */
  #rest(handed: Handed): void {
    const { items } = handed.header;
    if (handed.state === 'gone') {
      // Its segment was deleted while it was in flight.
      this.#options.lost(handed.goneBecause ?? 'spool_full', items);
      return;
    }
    this.#atRest += items;
    this.#hands.back(handed, this.#walk.position);
  }

  #taken(handed: Handed): TakenRecord | undefined {
    const { items, format, sensitivity, time } = handed.header;
    const body = this.#walk.payload(handed);
    // Thousands of logs with a record each would have a file open each.
    if (this.#atRest === 0) this.#walk.close();
    if (body === undefined) return undefined;
    return {
      time,
      request: { body, items, format, sensitivity },
      stored: this.#hands.holdOn(handed),
    };
  }

  #lose(handed: Handed): void {
    this.#hands.lose(handed);
    this.#options.lost('spool_unreadable', handed.header.items);
  }

  /** The next record that nobody has or had. What lies between, unreadable, is counted. */
  #read(): Handed | undefined {
    for (;;) {
      const { item } = this.#walk.position;
      const placed = this.#walk.next();
      if (placed === undefined) return undefined;
      const { at, header } = placed;
      const goOn = this.#hands.skip(at);
      const isNew = goOn === at;
      const gap = this.#itemsOpen(item, at.item);
      this.#passGap(Math.min(gap, this.#atRest - (isNew ? header.items : 0)));
      if (isNew) return this.#hands.hand(placed);
      this.#walk.moveTo(goOn);
    }
  }

  /** How many of the items from `from` up to `to` nobody has, and none are settled. */
  #itemsOpen(from: number, to: number): number {
    return Math.max(0, to - from - this.#hands.itemsBetween(from, to));
  }

  /** So many items in front of the next record cannot be read. */
  #passGap(items: number): void {
    const gap = Math.min(items, this.#atRest);
    if (gap <= 0) return;
    this.#atRest -= gap;
    this.#options.lost('spool_unreadable', gap);
  }

  /** Moves the walk over what it need not give. */
  #skipHanded(): void {
    this.#walk.moveTo(this.#hands.skip(this.#walk.position));
  }

  /** Whether everything that was put was delivered, refused or dropped. */
  get #isSettled(): boolean {
    return this.#atRest === 0 && this.#hands.isEmpty;
  }

  #writeCursor(): void {
    this.#skipHanded();
    const end = { sequence: this.#nextSequence, item: this.#nextItem };
    const place = this.#hands.oldestOpen(this.#walk.position);
    const cursor = { ...place, end, settled: this.#hands.settledBehind(place) };
    try {
      this.#cursor.write(cursor);
    } catch (error) {
      this.#options.failed('moving the cursor of the spool', error);
      // On some file systems even writing over something needs room, and deleting makes it. Without a cursor what a kill
      // leaves half deleted is sent again; behind one that stands still it would be missing.
      if (!this.#isSettled || !this.#cursor.remove()) return;
      while (this.#segments.length > 0) this.#delete(this.#segments[0]!);
      attempt(() => this.#cursor.write(cursor));
    }
  }

  #settledBy(cursor: Cursor): readonly Segment[] {
    const isAll = this.#isSettled && cursor.sequence === this.#nextSequence;
    return isAll ? this.#segments.slice() : settledSegments(this.#segments, cursor);
  }

  #deleteSettled(): void {
    for (const segment of this.#settledBy(this.#cursor.safe)) this.#delete(segment);
  }

  #delete(segment: Segment): void {
    this.#segments.splice(this.#segments.indexOf(segment), 1);
    this.#walk.close();
    if (this.#segments.length === 0) this.#tail.discard();
    attempt(() => this.#options.files.unlinkSync(segment.path));
  }
}

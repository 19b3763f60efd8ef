import { type Clock, FailureLog, Ledger, type LedgerSnapshot, type Signal } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';
import type { BatchSource } from '../batch/batch-source.ts';
import { FirstDrop } from '../delivery/first-drop.ts';
import { DestinationSet, type DestinationSetOptions } from '../destination-set.ts';
import type { ScopedItem } from '../encode/grouped-encoder.ts';
import { patientFlush } from '../patient-flush.ts';
import { keepProcessAlive } from '../keep-process-alive.ts';
import { shutDown } from '../shutdown.ts';
import type { Sensitivity } from '../spool/sensitivity.ts';
import type { OpenSpool, Spool } from '../spool/spool.ts';
import { tellLedger } from '../tell-ledger.ts';
import { PROCESS_EXIT, tellUnsent } from '../tell-unsent.ts';
import { BatchHandOver } from './batch-hand-over.ts';
import { BatchPump } from './batch-pump.ts';
import { ItemQueue } from './item-queue.ts';
import type { ResolvedBatching } from './processor-options.ts';
import { QueueOverflow } from './queue-overflow.ts';
import type { ItemPriority } from '../batch/telemetry-batch.ts';
import type { Transform } from './transform-item.ts';

export interface ItemPipelineOptions<T extends ScopedItem>
  extends
    ResolvedBatching,
    Pick<DestinationSetOptions, 'destinations' | 'retry' | 'buffer' | 'random'> {
  readonly signal: Signal;
  /** @defaultValue none */
  readonly transforms?: readonly Transform<T>[] | undefined;
  readonly priorityOf: (item: T) => ItemPriority;
  readonly sensitivityOf?: ((item: T) => Sensitivity) | undefined;
  readonly spool: Spool | undefined;
  readonly batchesOf: (failures: FailureLog) => BatchSource<T>;
  /** For the log: `span`, and the variable that sets `queue.maxItems`. */
  readonly itemName: string;
  readonly queueVariable?: string | undefined;
}

/** What holds items back before the pipeline, and is asked when it is flushed and shut down. */
export interface Upstream {
  readonly held: () => number;
  readonly drain: () => void;
  /** Nothing is taken any more: what is still held is dropped, and counted for `reason`. */
  readonly closed: (reason: string) => void;
}

const READY_MILLIS = 10;
// The event loop belongs to the application: so long, and one transform, a flush works without a turn at its end.
const FLUSH_DRAIN_MILLIS = 50;
// At the end of a pipeline what is left is worth some time beyond the limit; how much has to fit into the grace period of a process.
const LAST_DRAIN_MILLIS = 5000;

/** The way of spans and log records from their end to the destinations: queue, transforms, batches, spool. */
export class ItemPipeline<T extends ScopedItem> {
  readonly ledger: Ledger;
  readonly failures: FailureLog = new FailureLog();
  readonly #options: ItemPipelineOptions<T>;
  readonly #firstDrop: FirstDrop;
  readonly #queue: ItemQueue<T>;
  readonly #spool: OpenSpool | undefined;
  readonly #destinations: DestinationSet;
  readonly #handOver: BatchHandOver<T>;
  readonly #pump: BatchPump<T>;
  readonly #overflow: QueueOverflow<T> | undefined;
  readonly #clock: Clock;
  /** Items that make room for themselves. */
  #arriving = 0;

  constructor(options: ItemPipelineOptions<T>) {
    const { clock, transforms = [], signal } = options;
    const { failures } = this;
    const ledger = (this.ledger = new Ledger(signal));
    this.#options = options;
    this.#clock = clock;
    this.#firstDrop = new FirstDrop(failures);
    const queue = (this.#queue = new ItemQueue<T>({
      maxItems: options.queueItems,
      maxBytes: options.queueBytes,
      whenFull: options.whenFull,
      onEvicted: () => this.#dropForRoom(`a less important ${options.itemName}`),
    }));
    this.#spool = options.spool?.open({ clock, failures });
    const destinations = (this.#destinations = new DestinationSet({
      destinations: options.destinations,
      ledger,
      retry: options.retry,
      buffer: options.buffer,
      clock,
      random: options.random,
      whenFull: options.whenFull,
      failures,
      spool: this.#spool,
    }));
    const handOver = (this.#handOver = new BatchHandOver({
      destinations,
      batches: options.batchesOf(failures),
      priorityOf: (item) => this.#priorityOf(item),
      sensitivityOf: options.sensitivityOf,
      failures,
    }));
    this.#pump = new BatchPump({ ...options, transforms, queue, handOver, ledger, failures });
    this.#overflow =
      this.#spool && new QueueOverflow({ queue, transforms, handOver, ledger, failures });
  }

  /** Items that wait for a batch or are being prepared for one. */
  get queued(): number {
    const inHands = this.#handOver.held + (this.#overflow?.held ?? 0);
    return this.#queue.size + this.#pump.preparing + inHands + this.#arriving;
  }

  /** Items in flight, once for each destination, that the spool has as well. */
  get storedItems(): number {
    return this.#destinations.storedItems;
  }

  /** Takes an item of about so many bytes. False when it was dropped, and counted. Never throws. */
  add(item: T, bytes: number): boolean {
    this.#arriving++;
    if (this.#options.whenFull === 'spill' && this.#overflow !== undefined)
      this.#pump.passedBy(this.#overflow.makeRoomFor(bytes));
    const isTaken = this.#queue.add(item, bytes, this.#priorityOf(item));
    this.#arriving--;
    if (isTaken) this.#pump.added();
    else this.#dropForRoom(`a ${this.#options.itemName} of about ${bytes} bytes`);
    return isTaken;
  }

  /** Resolves when what is in the queue now has been handed to the destinations. */
  handOn(): Promise<void> {
    return this.#pump.flush();
  }

  /** Whether any destination took any of the last batch. */
  get wasTaken(): boolean {
    return this.#handOver.wasTaken;
  }

  /** Resolves when nothing is in flight, or the receivers are in trouble. */
  idleOrTroubled(): Promise<void> {
    return this.#destinations.idleOrTroubled();
  }

  /** Whether there is room again. False after the timeout. */
  async ready(timeoutMillis: number): Promise<boolean> {
    const end = this.#clock.monotonicMillis() + timeoutMillis;
    const look = async (): Promise<boolean> => {
      for (;;) {
        if (this.#hasMuchRoom()) return true;
        if (this.#clock.monotonicMillis() >= end) return false;
        await new Promise<void>((resolve) => {
          this.#clock.setTimer(resolve, READY_MILLIS);
        });
      }
    };
    return this.#hasMuchRoom() || (await keepProcessAlive(look()));
  }

  /** Counts an item that came after the end. */
  tooLate(): void {
    this.ledger.dropped('already_shutdown', 1);
    this.#firstDrop.tell(
      'already_shutdown',
      `a ${this.#options.itemName} that came after shutdown() was dropped; call it when all work is done`,
    );
  }

  /** `troubledMillis`: the longest while a receiver is in trouble. */
  async forceFlush(
    timeoutMillis: number,
    drain: () => void,
    troubledMillis: number = timeoutMillis,
  ): Promise<void> {
    const ended = await keepProcessAlive(
      patientFlush(this.#flush(drain), () => this.idleOrTroubled(), {
        timeoutMillis,
        troubledMillis,
        spool: this.#spool,
        clock: this.#clock,
      }),
    );
    if (ended !== 'timeout') return;
    if (this.#spool !== undefined) {
      this.failures.guard('spooling what is left', () => this.#drain(FLUSH_DRAIN_MILLIS));
      this.#destinations.secure();
    } else
      this.failures.guard('logging', () =>
        diag.warn(`llm-otel: flush not finished after ${timeoutMillis} ms, export goes on`),
      );
  }

  /** Flushes, then stops. What is left goes into the spool, or is dropped and counted. */
  shutdown(timeoutMillis: number, upstream: Upstream): Promise<void> {
    return keepProcessAlive(this.#shutDown(timeoutMillis, upstream));
  }

  /** The process ends now: what can be done without waiting is done. */
  exiting({ drain, closed }: Upstream): void {
    this.failures.guard('deciding about what is held', drain);
    this.#emptyQueue(PROCESS_EXIT);
    closed(PROCESS_EXIT);
    this.#destinations.exiting(PROCESS_EXIT);
    this.#spool?.close();
    tellUnsent(this.ledger.snapshot(), this.#options.itemName, this.failures);
  }

  async #flush(drain: () => void): Promise<void> {
    drain();
    await this.#pump.flush();
    await this.#destinations.forceFlush();
  }

  async #shutDown(timeoutMillis: number, { held, drain, closed }: Upstream): Promise<void> {
    await shutDown({
      timeoutMillis,
      clock: this.#clock,
      destinations: this.#destinations,
      spool: this.#spool,
      flush: () => this.#flush(drain),
      hasMore: () => this.#queue.size + held() > 0,
      closed: () => {
        this.#emptyQueue('shutdown_timeout');
        closed('shutdown_timeout');
      },
    });
    const ledger = this.ledger.snapshot();
    tellLedger(ledger, this.failures);
    const lost = shutdownLosses(ledger);
    if (lost > 0)
      this.#firstDrop.tell(
        'shutdown_timeout',
        `${lost} ${this.#options.itemName}s were not delivered within ${Math.round(timeoutMillis)} ms and are dropped; the timeoutMillis of shutdown() (default: shutdownTimeoutMillis) allows more time`,
      );
  }

  /** Everything that waits goes into the spool, or is counted as dropped for `reason`. */
  #emptyQueue(reason: string): void {
    if (this.#spool !== undefined)
      this.failures.guard('spooling what is left', () => {
        this.#drain(LAST_DRAIN_MILLIS);
        this.#handOver.handGrown();
      });
    const abandoned = this.#pump.close() + this.#handOver.abandon() + this.#queue.size;
    if (abandoned > 0) this.ledger.dropped(reason, abandoned);
    this.#queue.take(Infinity, Infinity);
  }

  #drain(millis: number): void {
    this.#pump.drain(this.#clock.monotonicMillis() + millis);
  }

  // Without a closure: it runs for every span.
  #priorityOf(item: T): ItemPriority {
    try {
      const priority: unknown = this.#options.priorityOf(item);
      // A function without types may return anything.
      return priority === 0 || priority === 2 ? priority : 1;
    } catch (error) {
      this.failures.report('weighing an item', error);
      return 1;
    }
  }

  #hasMuchRoom(): boolean {
    const { queueItems, queueBytes } = this.#options;
    // What memory has no room for goes to disk: there is nothing to wait for.
    if (this.#options.whenFull === 'spill') return true;
    const isHalfEmpty = this.#queue.size * 2 <= queueItems && this.#queue.bytes * 2 <= queueBytes;
    return isHalfEmpty && this.#destinations.isAvailable && this.#destinations.isAtEase;
  }

  #dropForRoom(what: string): void {
    const { itemName, queueItems, queueBytes, queueVariable } = this.#options;
    this.ledger.dropped('queue_full', 1);
    this.#firstDrop.tell(
      'queue_full',
      `${what} was dropped, ${this.#queue.size} of at most ${queueItems} ${itemName}s (${this.#queue.bytes} of ${queueBytes} bytes) wait for a batch; queue.maxItems${queueVariable === undefined ? '' : ` (${queueVariable})`} and queue.maxBytes allow more, and a spool takes what memory has no room for`,
    );
  }
}

/** Items, counted once for each destination that they did not reach in time. */
function shutdownLosses({ dropped, destinations }: LedgerSnapshot): number {
  const lost = [dropped, ...Object.values(destinations).map((to) => to.dropped)];
  return lost.reduce((sum, counts) => sum + (counts['shutdown_timeout'] ?? 0), 0);
}

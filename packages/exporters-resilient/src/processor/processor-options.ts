import {
  type Clock,
  FLUSH_TIMEOUT_MILLIS,
  InvalidOptionError,
  type LogRecordTransform,
  type OptionKeys,
  type ReadableLogRecord,
  type ReadableSpan,
  type SpanStage,
  type SpanTransform,
  systemClock,
} from '@llm-otel/core';
import type { BufferOptions } from '../delivery/buffer-options.ts';
import type { RetryOptions } from '../delivery/retry-options.ts';
import type { ItemPriority } from '../batch/telemetry-batch.ts';
import type { Destination } from '../destination.ts';
import { knownOptions } from '../known-options.ts';
import { functionOption, kindOf, numberOption, oneOfOption } from '../options.ts';
import { checkOwner, requestBytesOption } from '../owner-options.ts';
import type { Sensitivity } from '../spool/sensitivity.ts';
import type { Spool } from '../spool/spool.ts';
import { defaultPriority, logPriority } from './span-priority.ts';
import type { Transform } from './transform-item.ts';

/** What the processors of spans and of log records have in common. */
export interface CommonProcessorOptions<T> {
  /** Each gets every item. A slow or dead one keeps none from another. */
  readonly destinations: readonly Destination[];
  readonly batch?: BatchOptions | undefined;
  /**
   * Keeps what cannot be delivered now beyond the life of the process: `diskSpool()` from the `/spool` entry point.
   * @defaultValue none: what memory has no room for is dropped and counted
   */
  readonly spool?: Spool | undefined;
  /**
   * How much harm an item could do in wrong hands. Items of different sensitivity travel in different requests, and the
   * spool keeps each for as long as it may be kept. One it throws for counts as `restricted`.
   * @defaultValue `internal` for all
   */
  readonly sensitivityOf?: ((item: T) => Sensitivity) | undefined;
  /** For destinations without retry options of their own. */
  readonly retry?: RetryOptions | undefined;
  /** For destinations without buffer options of their own. */
  readonly buffer?: BufferOptions | undefined;
  /**
   * How long `forceFlush` waits when it is not told, in milliseconds.
   * @defaultValue 25000: the providers of OpenTelemetry give a flush up, and reject, after 30000
   */
  readonly exportTimeoutMillis?: number | undefined;
  /**
   * How long `shutdown` waits when it is not told, in milliseconds. What is left then is dropped and counted.
   * @defaultValue 5000: Kubernetes kills a process 30 seconds after SIGTERM, and others want to end, too
   */
  readonly shutdownTimeoutMillis?: number | undefined;
  /** @defaultValue `systemClock` */
  readonly clock?: Clock | undefined;
  /** From 0 up to 1. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined;
}

/** Nothing here reads the environment; `core/setup` and `sdk` map the `OTEL_BSP_*` variables onto it. */
export interface ResilientSpanProcessorOptions extends CommonProcessorOptions<ReadableSpan> {
  /** What a span passes as it ends, before the queue: normalising, aggregating, tail sampling. */
  readonly stages?: readonly (SpanStage | undefined)[] | undefined;
  /** What a span passes after the queue, off the hot path: redaction, budgets. A failure drops the span. */
  readonly transforms?: readonly (SpanTransform | undefined)[] | undefined;
  readonly queue?: QueueOptions | undefined;
}

/** Asked about each record as it is emitted: the reason for which it is dropped and counted, or undefined where it may pass. */
export type LogRecordFilter = (record: ReadableLogRecord) => string | undefined;

/** As for spans, and what is said of spans holds for log records. */
export interface ResilientLogProcessorOptions extends CommonProcessorOptions<ReadableLogRecord> {
  /** What a record passes before the queue: `logMemoryLimit()`. One that throws is reported and lets it pass. @defaultValue none */
  readonly filters?: readonly (LogRecordFilter | undefined)[] | undefined;
  /** What a record passes after the queue: redaction. A failure drops the record. */
  readonly transforms?: readonly (LogRecordTransform | undefined)[] | undefined;
  readonly queue?: Omit<QueueOptions, 'priorityOf'> | undefined;
}

/** Spans that have ended and wait for a batch, in memory as they are. With a spool a full queue moves on at once. */
export interface QueueOptions {
  /** @defaultValue 2048 spans, as in the batch span processor's specification */
  readonly maxItems?: number | undefined;
  /**
   * Estimated bytes of memory. A span that is larger than all of it is taken only while no other waits.
   * @defaultValue 33554432 (32 MiB)
   */
  readonly maxBytes?: number | undefined;
  /**
   * What happens when there is no room. `spill` passes what waits on to the spool, on the stack of the one who ends a
   * span; the others drop a span, among those of the lowest priority, and at the end what is left is spooled where there is a
   * spool. Callers that can wait have `ready()`: then nothing has to be dropped.
   * @defaultValue `spill` with a `spool`, without one `drop_newest`, as in the batch span processor's specification
   */
  readonly whenFull?: WhenFull | undefined;
  /**
   * 0 goes first and is dropped last, 2 goes last and is dropped first. @defaultValue 0 for errors and for the first span of
   * a trace in this process, 1 for all others
   */
  readonly priorityOf?: ((span: ReadableSpan) => 0 | 1 | 2) | undefined;
}

export type WhenFull = 'spill' | 'drop_newest' | 'drop_oldest';

export interface BatchOptions {
  /** Spans in a request. A batch leaves as soon as it is full. @defaultValue 512, as in the specification */
  readonly maxItems?: number | undefined;
  /**
   * Bytes in a request, before compression. A single span may be larger.
   * @defaultValue 4194304 (4 MiB), what gRPC receivers take by default
   */
  readonly maxBytes?: number | undefined;
  /** Longest time a span waits for its batch to fill, in milliseconds. @defaultValue 5000, as in the specification */
  readonly delayMillis?: number | undefined;
}

/** The options with their defaults, but for what depends on the kind of item. */
export interface ResolvedBatching {
  readonly queueItems: number;
  readonly queueBytes: number;
  readonly whenFull: WhenFull;
  readonly batchItems: number;
  readonly batchBytes: number;
  readonly delayMillis: number;
  readonly exportTimeoutMillis: number;
  readonly shutdownTimeoutMillis: number;
  readonly clock: Clock;
}

interface Resolved<T> extends ResolvedBatching {
  readonly destinations: readonly Destination[];
  readonly transforms: readonly Transform<T>[];
  readonly priorityOf: (item: T) => ItemPriority;
  readonly sensitivityOf: ((item: T) => Sensitivity) | undefined;
  readonly spool: Spool | undefined;
  readonly retry: RetryOptions | undefined;
  readonly buffer: BufferOptions | undefined;
  readonly random: () => number;
}

const commonKeys: OptionKeys<CommonProcessorOptions<never>> = {
  destinations: true,
  batch: true,
  spool: true,
  sensitivityOf: true,
  retry: true,
  buffer: true,
  exportTimeoutMillis: true,
  shutdownTimeoutMillis: true,
  clock: true,
  random: true,
};
const spanKeys: OptionKeys<ResilientSpanProcessorOptions> = {
  ...commonKeys,
  stages: true,
  transforms: true,
  queue: true,
};
const logKeys: OptionKeys<ResilientLogProcessorOptions> = {
  ...commonKeys,
  filters: true,
  transforms: true,
  queue: true,
};
/** The names of what every queue has. */
export const logQueueKeys: OptionKeys<Omit<QueueOptions, 'priorityOf'>> = {
  maxItems: true,
  maxBytes: true,
  whenFull: true,
};
const queueKeys: OptionKeys<QueueOptions> = { ...logQueueKeys, priorityOf: true };
const batchKeys: OptionKeys<BatchOptions> = { maxItems: true, maxBytes: true, delayMillis: true };

/** Fills in the defaults. Throws {@link InvalidOptionError} naming the first option that cannot be used. */
export function resolveProcessorOptions(
  options: ResilientSpanProcessorOptions,
): Resolved<ReadableSpan> {
  knownOptions(options, spanKeys);
  knownOptions(options.queue, queueKeys, 'queue');
  const { stages, transforms = [], queue: { priorityOf = defaultPriority } = {} } = options;
  functionOption('queue.priorityOf', priorityOf, 'a function that returns 0, 1 or 2');
  checkList('stages', stages, isStage, 'a stage: a function that takes the next one');
  return resolved(options, transforms, priorityOf);
}

/** The same for log records. */
export function resolveLogProcessorOptions(
  options: ResilientLogProcessorOptions,
): Resolved<ReadableLogRecord> {
  knownOptions(options, logKeys);
  knownOptions(options.queue, logQueueKeys, 'queue');
  const { transforms = [] } = options;
  checkList(
    'filters',
    options.filters,
    isStage,
    'a filter: a function that returns a reason or nothing',
  );
  return resolved(options, transforms, logPriority);
}

function resolved<T>(
  options: CommonProcessorOptions<T> & {
    readonly queue?: Omit<QueueOptions, 'priorityOf'> | undefined;
  },
  transforms: readonly (Transform<T> | undefined)[],
  priorityOf: (item: T) => ItemPriority,
): Resolved<T> {
  checkOwner(options);
  knownOptions(options.batch, batchKeys, 'batch');
  functionOption('sensitivityOf', options.sensitivityOf, 'a function that returns a sensitivity');
  checkList('transforms', transforms, isTransform, 'a transform: an object with name, transform()');
  const { queue = {}, batch = {}, clock = systemClock } = options;
  const whole = { min: 1, integer: true };
  const queueItems = numberOption('queue.maxItems', queue.maxItems, 2048, whole);
  return {
    destinations: options.destinations,
    spool: options.spool,
    sensitivityOf: options.sensitivityOf,
    retry: options.retry,
    buffer: options.buffer,
    random: options.random ?? Math.random,
    queueItems,
    queueBytes: numberOption('queue.maxBytes', queue.maxBytes, 32 * 1024 * 1024, { min: 1 }),
    whenFull: whenFullOption(queue.whenFull, options.spool),
    priorityOf,
    // A batch that the queue cannot hold would never be full.
    batchItems: Math.min(numberOption('batch.maxItems', batch.maxItems, 512, whole), queueItems),
    batchBytes: requestBytesOption('batch.maxBytes', batch.maxBytes, options.spool),
    delayMillis: numberOption('batch.delayMillis', batch.delayMillis, 5000),
    exportTimeoutMillis: numberOption(
      'exportTimeoutMillis',
      options.exportTimeoutMillis,
      FLUSH_TIMEOUT_MILLIS,
      {
        infinite: true,
      },
    ),
    shutdownTimeoutMillis: numberOption(
      'shutdownTimeoutMillis',
      options.shutdownTimeoutMillis,
      5000,
      { infinite: true },
    ),
    transforms: transforms.filter((transform) => transform !== undefined),
    clock,
  };
}

/** What to do when the queue is full. Throws {@link InvalidOptionError}. */
export function whenFullOption(whenFull: WhenFull | undefined, spool: Spool | undefined): WhenFull {
  if (whenFull === undefined) return spool === undefined ? 'drop_newest' : 'spill';
  oneOfOption('queue.whenFull', whenFull, ['spill', 'drop_newest', 'drop_oldest']);
  if (whenFull === 'spill' && spool === undefined)
    throw new InvalidOptionError({
      option: 'queue.whenFull',
      value: whenFull,
      use: 'a spool with it: spool: diskSpool({ directory })',
    });
  return whenFull;
}

function isStage(value: unknown): boolean {
  return typeof value === 'function';
}

function isTransform(value: unknown): boolean {
  const { name, transform } = (value ?? {}) as Partial<Transform<unknown>>;
  return typeof name === 'string' && typeof transform === 'function';
}

/** Members that are undefined are left out: `condition ? stage : undefined`. */
function checkList(
  option: string,
  list: readonly unknown[] = [],
  fits: (member: unknown) => boolean,
  use: string,
): void {
  if (!Array.isArray(list))
    throw new InvalidOptionError({ option, value: kindOf(list), use: `an array; of each ${use}` });
  for (const [index, member] of (list as readonly unknown[]).entries())
    if (member !== undefined && !fits(member))
      throw new InvalidOptionError({ option: `${option}[${index}]`, value: kindOf(member), use });
}

import {
  type Clock,
  FailureLog,
  InvalidOptionError,
  type OptionKeys,
  type SpanStage,
  systemClock,
} from '@llm-otel/core';
import { FirstDrop } from '../delivery/first-drop.ts';
import { knownOptions } from '../known-options.ts';
import { functionOption, numberOption } from '../options.ts';
import { checkClock } from '../owner-options.ts';
import type { LogRecordFilter } from '../processor/processor-options.ts';
import { containerBytes, heapBytesInUse } from './heap-limit.ts';
import { heapWatch, type HeapUse, ownHeap } from './heap-watch.ts';

export interface MemoryLimitOptions {
  /**
   * The heap of the whole process, in bytes, garbage included, beyond which spans are dropped.
   * @defaultValue by what is no garbage: when the last collection left more than three quarters of what V8 allows the old generation
   * (`--max-old-space-size`), or more and more stays while there is little room, or when nothing is free
   */
  readonly maxHeapBytes?: number | undefined;
  /**
   * The resident memory of the whole process, in bytes, beyond which spans are dropped.
   * @defaultValue 95 % of what the container allows; outside of one there is no such limit
   */
  readonly maxResidentBytes?: number | undefined;
  /** How often memory is looked at, in milliseconds, where there is much room; more often as that gets less. @defaultValue 50 */
  readonly checkMillis?: number | undefined;
  /**
   * What NODE_OPTIONS says, `process.env.NODE_OPTIONS`: with `--max-semi-space-size` in it V8 allows the old generation more or less than
   * can be seen otherwise. What stands on the command line is seen.
   * @defaultValue nothing; with the sdk, the variable
   */
  readonly nodeOptions?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Bytes of the heap in use; for `maxHeapBytes` alone. @defaultValue what V8 says */
  readonly heapBytes?: (() => number) | undefined;
  /** Bytes of memory that are resident. @defaultValue what the system says */
  readonly residentBytes?: (() => number) | undefined;
}

/** Between two looks, however full the heap is: one takes some microseconds. */
const LEAST_MILLIS = 2;

const known: OptionKeys<MemoryLimitOptions> = {
  maxHeapBytes: true,
  maxResidentBytes: true,
  checkMillis: true,
  nodeOptions: true,
  clock: true,
  heapBytes: true,
  residentBytes: true,
};

/**
 * The last defence: a stage that drops spans, counted as `memory_limit`, while the heap is nearly full, whoever filled
 * it. Telemetry must not be what ends the process. For log records: {@link logMemoryLimit}.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function memoryLimit(options: MemoryLimitOptions = {}): SpanStage {
  const isFull = memoryWatch(options);
  return (next, report) => ({
    onEnd(span) {
      if (isFull()) report.dropped('memory_limit', 1);
      else next.onEnd(span);
    },
  });
}

/**
 * The same for log records: one of the `filters` of a log processor.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function logMemoryLimit(options: MemoryLimitOptions = {}): LogRecordFilter {
  const isFull = memoryWatch(options);
  return () => (isFull() ? 'memory_limit' : undefined);
}

/** Tells whether memory was beyond a limit when it was last looked at. */
function memoryWatch(options: MemoryLimitOptions): () => boolean {
  knownOptions(options, known);
  checkClock(options.clock);
  functionOption('heapBytes', options.heapBytes, 'a function that returns bytes in use');
  functionOption('residentBytes', options.residentBytes, 'a function that returns bytes in use');
  const { nodeOptions } = options;
  if (nodeOptions !== undefined && typeof nodeOptions !== 'string')
    throw new InvalidOptionError({
      option: 'nodeOptions',
      value: nodeOptions,
      use: 'process.env.NODE_OPTIONS',
    });
  const { clock = systemClock, residentBytes = () => process.memoryUsage.rss() } = options;
  const range = { min: 1 };
  const heapUse =
    options.maxHeapBytes === undefined ? heapWatch(ownHeap(nodeOptions)) : fixedLimit(options);
  const container = (containerBytes() ?? Infinity) * 0.95;
  const resident =
    options.maxResidentBytes === undefined
      ? container
      : numberOption('maxResidentBytes', options.maxResidentBytes, 1, range);
  const checkMillis = numberOption('checkMillis', options.checkMillis, 50);
  const firstDrop = new FirstDrop(new FailureLog());
  let lookAt = -Infinity;
  let full = false;
  return () => {
    const now = clock.monotonicMillis();
    if (now >= lookAt) {
      const { used, most, isFull } = heapUse();
      const isResidentFull = resident !== Infinity && residentBytes() > resident;
      full = isFull || isResidentFull;
      if (full)
        firstDrop.tell(
          'memory_limit',
          isFull
            ? `telemetry is dropped while the heap of the process is nearly full, ${megabytes(used)} of ${megabytes(most)} MB; ${options.maxHeapBytes === undefined ? '--max-old-space-size' : 'maxHeapBytes'} allows more`
            : `telemetry is dropped while the process has more than ${megabytes(resident)} MB resident, nearly all that it may have; a larger container or maxResidentBytes allows more`,
        );
      // The less room there is, the sooner it is gone.
      lookAt = now + Math.min(checkMillis, Math.max(LEAST_MILLIS, checkMillis * (1 - used / most)));
    }
    return full;
  };
}

/** The limit that the application says. */
function fixedLimit({ maxHeapBytes, heapBytes = heapUsed }: MemoryLimitOptions): () => HeapUse {
  const most = numberOption('maxHeapBytes', maxHeapBytes, Infinity, { min: 1 });
  return () => {
    const used = heapBytes();
    return { used, most, isFull: used > most };
  };
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

function heapUsed(): number {
  const { old, young } = heapBytesInUse();
  return old + young;
}

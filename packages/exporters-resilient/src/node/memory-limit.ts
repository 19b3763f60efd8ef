import { type Clock, type OptionKeys, type SpanStage, systemClock } from '@llm-otel/core';
import { knownOptions } from '../known-options.ts';
import { functionOption, numberOption } from '../options.ts';
import { checkClock } from '../owner-options.ts';
import type { LogRecordFilter } from '../processor/processor-options.ts';
import { containerBytes, heapBytesInUse, heapLimitBytes } from './heap-limit.ts';

export interface MemoryLimitOptions {
  /**
   * The heap of the whole process, in bytes, beyond which spans are dropped.
   * @defaultValue three quarters of what V8 allows the old generation (`--max-old-space-size`)
   */
  readonly maxHeapBytes?: number | undefined;
  /**
   * The resident memory of the whole process, in bytes, beyond which spans are dropped.
   * @defaultValue 95 % of what the container allows; outside of one there is no such limit
   */
  readonly maxResidentBytes?: number | undefined;
  /** How often memory is looked at, in milliseconds, where there is much room; more often as that gets less. @defaultValue 50 */
  readonly checkMillis?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Bytes of the heap in use. @defaultValue what V8 says */
  readonly heapBytes?: (() => number) | undefined;
  /** Bytes of memory that are resident. @defaultValue what the system says */
  readonly residentBytes?: (() => number) | undefined;
}

// Beyond four fifths V8 ends a process that spends most of its time on collecting, as one without much processor time soon does.
const SHARE_OF_HEAP = 0.75;

/** Between two looks, however full the heap is: one takes some microseconds. */
const LEAST_MILLIS = 2;

const known: OptionKeys<MemoryLimitOptions> = {
  maxHeapBytes: true,
  maxResidentBytes: true,
  checkMillis: true,
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
  const isFull = heapWatch(options);
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
  const isFull = heapWatch(options);
  return () => (isFull() ? 'memory_limit' : undefined);
}

/** Tells whether memory was beyond a limit when it was last looked at. */
function heapWatch(options: MemoryLimitOptions): () => boolean {
  knownOptions(options, known);
  checkClock(options.clock);
  functionOption('heapBytes', options.heapBytes, 'a function that returns bytes in use');
  functionOption('residentBytes', options.residentBytes, 'a function that returns bytes in use');
  const {
    clock = systemClock,
    heapBytes = heapBytesInUse,
    residentBytes = () => process.memoryUsage.rss(),
  } = options;
  const range = { min: 1 };
  const heap = numberOption(
    'maxHeapBytes',
    options.maxHeapBytes,
    heapLimitBytes() * SHARE_OF_HEAP,
    range,
  );
  const container = (containerBytes() ?? Infinity) * 0.95;
  const resident =
    options.maxResidentBytes === undefined
      ? container
      : numberOption('maxResidentBytes', options.maxResidentBytes, 1, range);
  const checkMillis = numberOption('checkMillis', options.checkMillis, 50);
  let lookAt = -Infinity;
  let full = false;
  return () => {
    const now = clock.monotonicMillis();
    if (now >= lookAt) {
      const used = heapBytes();
      full = used > heap || (resident !== Infinity && residentBytes() > resident);
      // The less room there is, the sooner it is gone.
      lookAt = now + Math.min(checkMillis, Math.max(LEAST_MILLIS, checkMillis * (1 - used / heap)));
    }
    return full;
  };
}

import { type Clock, type OptionKeys, type SpanStage, systemClock } from '@llm-otel/core';
import { knownOptions } from '../known-options.ts';
import { functionOption, numberOption } from '../options.ts';
import { checkClock } from '../owner-options.ts';
import type { LogRecordFilter } from '../processor/processor-options.ts';
import { loadV8 } from './builtin.ts';

export interface MemoryLimitOptions {
  /**
   * The heap of the whole process, in bytes, beyond which spans are dropped.
   * @defaultValue nine tenths of what V8 allows (`--max-old-space-size`)
   */
  readonly maxHeapBytes?: number | undefined;
  /** How often the heap is looked at, in milliseconds. @defaultValue 250 */
  readonly checkMillis?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Bytes of the heap in use. @defaultValue what V8 says */
  readonly heapBytes?: (() => number) | undefined;
}

const known: OptionKeys<MemoryLimitOptions> = {
  maxHeapBytes: true,
  checkMillis: true,
  clock: true,
  heapBytes: true,
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

/** Tells whether the heap was beyond its limit when it was last looked at. */
function heapWatch(options: MemoryLimitOptions): () => boolean {
  knownOptions(options, known);
  checkClock(options.clock);
  functionOption('heapBytes', options.heapBytes, 'a function that returns bytes in use');
  const { clock = systemClock, heapBytes = () => loadV8().getHeapStatistics().used_heap_size } =
    options;
  const most = loadV8().getHeapStatistics().heap_size_limit * 0.9;
  const maxHeapBytes = numberOption('maxHeapBytes', options.maxHeapBytes, most, { min: 1 });
  const checkMillis = numberOption('checkMillis', options.checkMillis, 250);
  let checkedAt = -Infinity;
  let full = false;
  return () => {
    const now = clock.monotonicMillis();
    if (now - checkedAt >= checkMillis) {
      checkedAt = now;
      full = heapBytes() > maxHeapBytes;
    }
    return full;
  };
}

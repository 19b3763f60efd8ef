import { TICK_MILLIS } from './ticker.ts';
import type { TraceKey } from './trace-key.ts';
import type { TraceRecord } from './trace-record.ts';

const PART_OF_BYTES = 1 / 8;
// So many bits of the hash tell that a trace has no summary, as most that begin: then the maps, which are cold, are not asked.
const COUNTED_BITS = 16;
const OLDEST_TICKS = 86_400_000 / TICK_MILLIS;

/**
 * What rules know of traces that were decided about and may go on: sums, errors, fulfilled conditions, and no span.
 * Bounded by an eighth of the sampler's bytes, and by a day. Where there is no more room, traces whose local root has ended
 * are forgotten first, because those are the ones that seldom go on; of each kind, the one decided about longest ago.
 */
export class TraceSummaries {
  readonly #maxTraces: number;
  readonly #maxBytes: number;
  /** Estimated, of all of them. */
  bytes = 0;
  #counts: Uint32Array | undefined;
  readonly #running = new Map<string, TraceRecord>();
  readonly #ended = new Map<string, TraceRecord>();

  constructor({ maxBytes, maxTraces }: { readonly maxBytes: number; readonly maxTraces: number }) {
    this.#maxTraces = maxTraces;
    this.#maxBytes = maxBytes * PART_OF_BYTES;
  }

  get size(): number {
    return this.#running.size + this.#ended.size;
  }

  put(record: TraceRecord, hasEnded: boolean): void {
    this.#forgetOld(this.#ended, record.lastTick);
    this.#forgetOld(this.#running, record.lastTick);
    (hasEnded ? this.#ended : this.#running).set(record.traceId, record);
    this.bytes += record.ownBytes;
    this.#counts ??= new Uint32Array(2 ** COUNTED_BITS);
    (this.#counts[countOf(record)] as number)++;
    while (this.size > this.#maxTraces || this.bytes > this.#maxBytes) {
      this.#forgetFirst(this.#ended.size > 0 ? this.#ended : this.#running);
    }
  }

  /** The summary of the trace, which is the caller's from now on. */
  take(key: TraceKey): TraceRecord | undefined {
    if (this.#counts === undefined || this.#counts[countOf(key)] === 0) return undefined;
    const { traceId } = key;
    return this.#takeFrom(this.#running, traceId) ?? this.#takeFrom(this.#ended, traceId);
  }

  clear(): void {
    this.#running.clear();
    this.#ended.clear();
    this.bytes = 0;
    this.#counts = undefined;
  }

  #takeFrom(summaries: Map<string, TraceRecord>, traceId: string): TraceRecord | undefined {
    const record = summaries.get(traceId);
    if (record === undefined) return undefined;
    summaries.delete(traceId);
    this.bytes -= record.ownBytes;
    if (this.#counts !== undefined) (this.#counts[countOf(record)] as number)--;
    return record;
  }

  /** One of them at most: as many come as go. */
  #forgetOld(summaries: Map<string, TraceRecord>, tick: number): void {
    const [first] = summaries.values();
    if (first !== undefined && first.lastTick + OLDEST_TICKS < tick) this.#forgetFirst(summaries);
  }

  #forgetFirst(summaries: Map<string, TraceRecord>): void {
    const [first] = summaries.values();
    if (first !== undefined) this.#takeFrom(summaries, first.traceId);
  }
}

function countOf({ bits }: TraceKey): number {
  return bits >>> (32 - COUNTED_BITS);
}

import type { Attributes, Context } from '@opentelemetry/api';
import {
  METRIC_GEN_AI_CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK,
  METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK,
} from '../generated/metrics.ts';
import type { Instruments } from '../instruments.ts';

// Kept back so that the response's model, which comes with the chunks, can stand on the metrics.
const MAX_PENDING = 256;

/** When the chunks of a stream arrived. Chunks are not tokens: nothing here counts tokens. */
export class StreamTiming {
  /** Undefined until the first chunk. */
  secondsToFirstChunk: number | undefined;
  #firstMillis = 0;
  #previousMillis = 0;
  #gaps = 0;
  #pending: number[] = [];

  /** True when the times kept so far must be written. */
  chunkArrived(nowMillis: number, startMillis: number): boolean {
    if (this.secondsToFirstChunk === undefined) {
      this.secondsToFirstChunk = (nowMillis - startMillis) / 1000;
      this.#firstMillis = nowMillis;
    } else {
      this.#pending.push((nowMillis - this.#previousMillis) / 1000);
      this.#gaps++;
    }
    this.#previousMillis = nowMillis;
    return this.#pending.length >= MAX_PENDING;
  }

  /** When the last chunk came; undefined before the first. */
  get lastMillis(): number | undefined {
    return this.secondsToFirstChunk === undefined ? undefined : this.#previousMillis;
  }

  /** Mean time between two chunks; undefined with fewer than two. */
  get secondsPerChunk(): number | undefined {
    return this.#gaps === 0
      ? undefined
      : (this.#previousMillis - this.#firstMillis) / 1000 / this.#gaps;
  }

  /** Records the times between chunks that were kept. */
  flush(instruments: Instruments, attributes: Attributes, context: Context): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const seconds of pending)
      instruments.record(
        METRIC_GEN_AI_CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK,
        seconds,
        attributes,
        context,
      );
  }

  /** Keeps no times between chunks that came so far: they are recorded elsewhere. */
  drop(): void {
    this.#pending = [];
  }

  /** Records everything left at the end of the stream. Called once. */
  finish(instruments: Instruments, attributes: Attributes, context: Context): void {
    if (this.secondsToFirstChunk === undefined) return;
    instruments.record(
      METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK,
      this.secondsToFirstChunk,
      attributes,
      context,
    );
    this.flush(instruments, attributes, context);
  }
}

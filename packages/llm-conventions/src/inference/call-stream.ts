import {
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_LLM_OTEL_STREAM_OUTCOME,
  ATTR_LLM_OTEL_STREAM_TIME_PER_OUTPUT_CHUNK,
} from '../generated/attributes.ts';
import type { LlmOtelStreamOutcomeValue } from '../generated/attribute-types.ts';
import { LLM_OTEL_STREAM_OUTCOME_VALUE_COMPLETED } from '../generated/values.ts';
import { type AttributeTarget, setIfKnown } from '../set-if-known.ts';
import type { ChunkReading } from './chunk-reading.ts';
import type { InferenceResponse } from './inference-types.ts';
import { StreamTiming } from './stream-timing.ts';

/** The stream that a call answers with: when its chunks came, what they add up to, and how it ended. */
export class CallStream {
  readonly timing: StreamTiming = new StreamTiming();
  outcome: LlmOtelStreamOutcomeValue = LLM_OTEL_STREAM_OUTCOME_VALUE_COMPLETED;
  /** A chunk told that the call failed. */
  failedByChunk = false;
  #reader: ChunkReading['reader'];
  readonly #openedMillis: number;

  /** Keeps no callback: it may hold the stream itself, which could then never be found to be dropped. */
  constructor({ reader }: ChunkReading, openedMillis: number) {
    this.#openedMillis = openedMillis;
    this.#reader = reader;
  }

  /** Whether the model has answered something: a chunk came that was more than the news that the call failed. */
  get hasAnswered(): boolean {
    const { secondsToFirstChunk, secondsPerChunk } = this.timing;
    return (
      secondsToFirstChunk !== undefined && !(this.failedByChunk && secondsPerChunk === undefined)
    );
  }

  /** When something happened last, on the clock of its times. */
  get lastMillis(): number {
    return this.timing.lastMillis ?? this.#openedMillis;
  }

  /** What the chunks add up to, also where the stream broke off; undefined where no format reads them. */
  response(): InferenceResponse | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    return reader?.response();
  }

  /** Writes on the span how the stream went. */
  record(target: AttributeTarget, failed: boolean, hasFinishReasons: boolean): void {
    const { secondsToFirstChunk, secondsPerChunk } = this.timing;
    target.setAttribute(ATTR_LLM_OTEL_STREAM_OUTCOME, this.outcome);
    setIfKnown(target, ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, secondsToFirstChunk);
    setIfKnown(target, ATTR_LLM_OTEL_STREAM_TIME_PER_OUTPUT_CHUNK, secondsPerChunk);
    // A stream that broke off has no reason of its own.
    if (failed && !hasFinishReasons)
      target.setAttribute(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, ['error']);
  }
}

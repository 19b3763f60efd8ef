import type { Clock, FailureLog } from '@llm-otel/core';
import type { PriceTable } from '../cost/price-types.ts';
import type { Tokenizer } from '../usage/estimate-usage.ts';

/** What a call takes from the `GenAi` that started it. */
export interface InferenceSettings {
  readonly clock: Clock;
  readonly recordContent: boolean;
  readonly recordContentOnEvent: boolean;
  /** Whether the details event is sent. */
  readonly details: boolean;
  /** Records descriptions and schemas of tools too. */
  readonly toolSchemas: boolean;
  /** Counts what a provider does not report. */
  readonly tokenizer: Tokenizer | undefined;
  readonly prices: PriceTable | undefined;
  readonly failures: FailureLog;
  /** Tells once that content for events has no logger to go to. Undefined where none is meant for events. */
  readonly tellNoLogger: (() => void) | undefined;
  /** Tells once that a call was ended while its stream was open. */
  readonly tellOpenStream: () => void;
}

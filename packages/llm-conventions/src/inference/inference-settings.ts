import type { Clock, FailureLog } from '@llm-otel/core';
import type { PriceTable } from '../cost/price-types.ts';

/** What a call takes from the `GenAi` that started it. */
export interface InferenceSettings {
  readonly clock: Clock;
  readonly recordContent: boolean;
  readonly recordContentOnEvent: boolean;
  /** Whether the details event is sent. */
  readonly details: boolean;
  readonly prices: PriceTable | undefined;
  readonly failures: FailureLog;
}

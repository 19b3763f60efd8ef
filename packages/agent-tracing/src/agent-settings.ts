import type { Clock } from '@llm-otel/core';
import type { Signals } from '@llm-otel/llm-conventions';

/** What every span of one run is made with. */
export interface AgentSettings {
  readonly signals: Signals;
  readonly clock: Clock;
  readonly recordContent: boolean;
}

import { channel } from 'node:diagnostics_channel';
import type { SignalReceiver } from './export-plan.ts';
import type { PresetName } from './telemetry-options.ts';

/** The name of the channel of `node:diagnostics_channel` on which a start tells what holds. */
export const STARTED = 'llm-otel.sdk.started';

/** The name of the channel on which a start that begins tells of itself: the promise of its end. */
export const STARTING = 'llm-otel.sdk.starting';

/** What options, variables and file have come to, as plain data. */
export interface EffectiveSettings {
  readonly preset: PresetName;
  readonly content: string;
  readonly redactionEnabled: boolean;
  /** Absent: values are not cut. */
  readonly maxValueLength: number | undefined;
  /** Of spans; absent: the SDK's default. */
  readonly attributeCountLimit: number | undefined;
  /** Where signals go by OTLP, spans first. They hold keys: for a process that asks itself, not for a log. */
  readonly receivers: readonly SignalReceiver[];
  /** Whether a configuration file stands in the place of variables. */
  readonly hasFile: boolean;
  /** Whether the option `destinations` takes the spans. */
  readonly hasDestinations: boolean;
}

/** Tells who listens, `llm-otel doctor` for one. Nothing is put together where nobody does. */
export function announceStart(settings: () => EffectiveSettings): void {
  const started = channel(STARTED);
  if (started.hasSubscribers) started.publish(settings());
}

export function announceStarting(started: Promise<unknown>): void {
  const starting = channel(STARTING);
  if (starting.hasSubscribers) starting.publish(started);
}

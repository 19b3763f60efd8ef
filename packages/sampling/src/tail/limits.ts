import { InvalidOptionError } from '@llm-otel/core';

/** How much a tail sampler holds, and for how long. */
export interface TailSamplingLimits {
  /**
   * Most memory that all held spans take together, in bytes, as estimated. The oldest and heaviest traces are decided
   * early where there is more.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBytes?: number | undefined;
  /** Most traces held. @defaultValue 50000 */
  readonly maxTraces?: number | undefined;
  /** A trace that grows beyond is decided at once. @defaultValue 10000 */
  readonly maxSpansPerTrace?: number | undefined;
  /** A trace that grows beyond is decided at once, in bytes. @defaultValue 8388608 (8 MiB) */
  readonly maxBytesPerTrace?: number | undefined;
  /** How long to wait for stragglers after the local root has ended, in milliseconds. @defaultValue 2000 */
  readonly decisionDelayMillis?: number | undefined;
  /** Longest wait for a local root after the first span of a trace has ended, in milliseconds. @defaultValue 30000 */
  readonly deadlineMillis?: number | undefined;
  /** Longest wait without another span of the trace, in milliseconds. @defaultValue 30000 */
  readonly idleMillis?: number | undefined;
  /**
   * Most decisions remembered for spans that end after their trace was decided; 16 bytes each.
   * @defaultValue 65536
   */
  readonly maxDecisions?: number | undefined;
}

export type TailLimits = Readonly<Record<keyof TailSamplingLimits, number>>;

const DEFAULTS: TailLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxTraces: 50_000,
  maxSpansPerTrace: 10_000,
  maxBytesPerTrace: 8 * 1024 * 1024,
  decisionDelayMillis: 2_000,
  deadlineMillis: 30_000,
  idleMillis: 30_000,
  maxDecisions: 65_536,
};

/** @throws InvalidOptionError for a limit that is no positive number; a delay may be 0 */
export function tailLimits(limits: TailSamplingLimits = {}): TailLimits {
  const checked: Record<string, number> = {};
  for (const [name, standard] of Object.entries(DEFAULTS)) {
    const value: unknown = limits[name as keyof TailSamplingLimits] ?? standard;
    const minimum = name.endsWith('Millis') ? 0 : 1;
    if (typeof value !== 'number' || !(value >= minimum)) {
      const use = minimum === 0 ? 'a number that is not negative' : 'a number of at least 1';
      throw new InvalidOptionError({ option: `tailSampling.${name}`, value, use });
    }
    checked[name] = value;
  }
  return checked as TailLimits;
}

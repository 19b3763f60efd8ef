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
  /**
   * Longest time that spans are held while the local root has not ended, in milliseconds. Then the trace is decided
   * by what is known; one that is dropped goes on being looked at, with all its sums, and may still be kept from some
   * moment on. Waiting longer costs memory only where long runs are held, and `maxBytes` bounds it.
   * @defaultValue 600000 (10 minutes)
   */
  readonly deadlineMillis?: number | undefined;
  /** Longest wait without another span of the trace, in milliseconds. @defaultValue 120000 (2 minutes) */
  readonly idleMillis?: number | undefined;
  /**
   * Most decisions remembered for spans that end after their trace was decided: of kept traces that still run, of other
   * kept ones, and of dropped ones, so many each; 17 bytes for one.
   * @defaultValue 65536
   */
  readonly maxDecisions?: number | undefined;
  /**
   * Under stress, when 90 % of `maxBytes` or `maxTraces` is in use, traces that begin are not held: this share of
   * them is kept, by trace id, and no more than the rule that they match would keep, beside those that a rule is certain about with a single span, such as an error. Ends
   * below 75 %, after ten seconds or more.
   * @defaultValue 0.1
   */
  readonly stressRatio?: number | undefined;
}

export type TailLimits = Readonly<Record<keyof TailSamplingLimits, number>>;

const DEFAULTS: TailLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxTraces: 50_000,
  maxSpansPerTrace: 10_000,
  maxBytesPerTrace: 8 * 1024 * 1024,
  decisionDelayMillis: 2_000,
  deadlineMillis: 600_000,
  idleMillis: 120_000,
  maxDecisions: 65_536,
  stressRatio: 0.1,
};

/** @throws InvalidOptionError for a limit that is none, or is no positive number; a delay may be 0 */
export function tailLimits(limits: TailSamplingLimits = {}): TailLimits {
  for (const [name, value] of Object.entries(limits)) {
    if (Object.hasOwn(DEFAULTS, name)) continue;
    const use = `one of ${Object.keys(DEFAULTS).join(', ')}`;
    throw new InvalidOptionError({ option: `tailSampling.${name}`, value, use });
  }
  const checked: Record<string, number> = {};
  for (const [name, standard] of Object.entries(DEFAULTS)) {
    const value: unknown = limits[name as keyof TailSamplingLimits] ?? standard;
    const { use, least, most = Infinity } = rangeOf(name);
    if (typeof value !== 'number' || !(value >= least && value <= most)) {
      throw new InvalidOptionError({ option: `tailSampling.${name}`, value, use });
    }
    checked[name] = value;
  }
  return checked as TailLimits;
}

function rangeOf(name: string): { use: string; least: number; most?: number } {
  if (name.endsWith('Ratio')) return { use: 'a number from 0 to 1', least: 0, most: 1 };
  return name.endsWith('Millis')
    ? { use: 'a number that is not negative', least: 0 }
    : { use: 'a number of at least 1', least: 1 };
}

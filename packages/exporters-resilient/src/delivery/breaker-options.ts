import type { OptionKeys } from '@llm-otel/core';
import { knownOptions } from '../known-options.ts';
import { numberOption } from '../options.ts';

/** When a receiver that fails again and again is left alone, and how soon it is asked again. */
export interface BreakerOptions {
  /**
   * Failures in a row after which the circuit opens. `Infinity`: it never does, and waits grow up to
   * `retry.maxDelayMillis`.
   * @defaultValue 5
   */
  readonly failures?: number | undefined;
  /**
   * How long an open circuit stays open before one request probes the receiver, in milliseconds; between half of it
   * and all of it, at random.
   * @defaultValue 5000
   */
  readonly resetMillis?: number | undefined;
}

export interface Breaker {
  readonly failures: number;
  readonly resetMillis: number;
}

const known: OptionKeys<BreakerOptions> = { failures: true, resetMillis: true };

/** Fills in the defaults. Throws {@link InvalidOptionError}. */
export function resolveBreaker(options: BreakerOptions = {}, path: string = 'breaker'): Breaker {
  knownOptions(options, known, path);
  return {
    failures: numberOption(`${path}.failures`, options.failures, 5, {
      min: 1,
      infinite: true,
    }),
    resetMillis: numberOption(`${path}.resetMillis`, options.resetMillis, 5000, { min: 1 }),
  };
}

import type { OptionKeys } from '@llm-otel/core';
import { knownOptions } from '../known-options.ts';
import { numberOption } from '../options.ts';

/** How long, and how patiently, a failed export is tried again. Only transient failures are. */
export interface RetryOptions {
  /**
   * Longest wait before the second attempt, in milliseconds. Doubles with every further failure. The actual
   * wait is a random part of it, so that processes do not come back all at once.
   * @defaultValue 1000
   */
  readonly initialDelayMillis?: number | undefined;
  /**
   * Longest wait between two attempts, in milliseconds.
   * @defaultValue 30000
   */
  readonly maxDelayMillis?: number | undefined;
  /**
   * How long after its first attempt a batch is still tried again, in milliseconds. Then it is dropped and
   * counted as `retry_exhausted`.
   * @defaultValue 300000, as in the OpenTelemetry Collector
   */
  readonly maxElapsedMillis?: number | undefined;
  /**
   * Longest pause that a receiver can ask for with Retry-After, in milliseconds.
   * @defaultValue 300000
   */
  readonly maxRetryAfterMillis?: number | undefined;
}

export interface Retry {
  readonly initialDelayMillis: number;
  readonly maxDelayMillis: number;
  readonly maxElapsedMillis: number;
  readonly maxRetryAfterMillis: number;
}

const known: OptionKeys<RetryOptions> = {
  initialDelayMillis: true,
  maxDelayMillis: true,
  maxElapsedMillis: true,
  maxRetryAfterMillis: true,
};

/** Fills in the defaults. Throws {@link InvalidOptionError}. */
export function resolveRetry(options: RetryOptions = {}, path: string = 'retry'): Retry {
  knownOptions(options, known, path);
  // Without a wait a receiver in trouble would be asked without a pause.
  const wait = { min: 1 };
  return {
    initialDelayMillis: numberOption(
      `${path}.initialDelayMillis`,
      options.initialDelayMillis,
      1000,
      wait,
    ),
    maxDelayMillis: numberOption(`${path}.maxDelayMillis`, options.maxDelayMillis, 30_000, wait),
    maxElapsedMillis: numberOption(`${path}.maxElapsedMillis`, options.maxElapsedMillis, 300_000, {
      infinite: true,
    }),
    maxRetryAfterMillis: numberOption(
      `${path}.maxRetryAfterMillis`,
      options.maxRetryAfterMillis,
      300_000,
      { infinite: true },
    ),
  };
}

/** The wait after the `failures`th failure in a row: a random part of a doubling time ("full jitter"). */
export function backoffMillis(retry: Retry, failures: number, random: () => number): number {
  const ceiling = retry.initialDelayMillis * 2 ** Math.min(failures - 1, 30);
  return random() * Math.min(ceiling, retry.maxDelayMillis);
}

import type { OptionKeys } from '@llm-otel/core';
import { knownOptions } from '../known-options.ts';
import { numberOption } from '../options.ts';

/** What a destination may keep in memory while its receiver is slow or away. */
export interface BufferOptions {
  /**
   * Spans (or data points). A batch that does not fit is dropped for this destination and counted as `buffer_full`.
   * @defaultValue 10000
   */
  readonly maxItems?: number | undefined;
  /**
   * Bytes as they are sent, before compression.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBytes?: number | undefined;
}

export interface Buffer {
  readonly maxItems: number;
  readonly maxBytes: number;
}

const known: OptionKeys<BufferOptions> = { maxItems: true, maxBytes: true };

/** Fills in the defaults. Throws {@link InvalidOptionError}. */
export function resolveBuffer(options: BufferOptions = {}, path: string = 'buffer'): Buffer {
  knownOptions(options, known, path);
  return {
    maxItems: numberOption(`${path}.maxItems`, options.maxItems, 10_000, {
      min: 1,
      integer: true,
    }),
    maxBytes: numberOption(`${path}.maxBytes`, options.maxBytes, 64 * 1024 * 1024, { min: 1 }),
  };
}

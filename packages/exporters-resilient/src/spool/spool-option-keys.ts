import type { OptionKeys } from '@llm-otel/core';
import type { DeadLetterOptions, DiskSpoolOptions } from './disk-spool-options.ts';

/** The names of the options of a spool, for whoever passes them on and wants to tell a typo without loading the spool. */
export const spoolOptionKeys: OptionKeys<DiskSpoolOptions> = {
  directory: true,
  mode: true,
  fsync: true,
  maxBytes: true,
  maxAgeMillis: true,
  maxAgeMillisBySensitivity: true,
  segmentBytes: true,
  deadLetters: true,
};

/** The same of what is kept of refused items. */
export const deadLetterOptionKeys: OptionKeys<DeadLetterOptions> = {
  maxBytes: true,
  maxAgeMillis: true,
};

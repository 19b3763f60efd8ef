import { InvalidOptionError } from '@llm-otel/core';

/**
 * The time a stream may take, in milliseconds; undefined for no deadline.
 * @param option - the name it was given under
 * @throws {@link InvalidOptionError} unless a number above 0, or undefined
 */
export function streamDeadline(option: string, value: number | undefined): number | undefined {
  if (value === undefined || value === Infinity) return undefined;
  if (typeof value === 'number' && value > 0) return value;
  const use = 'a number of milliseconds above 0, or leave it out for no deadline';
  throw new InvalidOptionError({ option, value, use });
}

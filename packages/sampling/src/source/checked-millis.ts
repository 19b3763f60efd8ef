import { InvalidOptionError } from '@llm-otel/core';

// What timers of the runtime take; more would run at once.
const LONGEST = 2 ** 31 - 1;

/** @throws InvalidOptionError where a timer cannot wait so long */
export function checkedMillis(option: string, value: unknown): number {
  if (typeof value === 'number' && value >= 1 && value <= LONGEST) return value;
  throw new InvalidOptionError({
    option,
    value,
    use: `a number of milliseconds from 1 to ${LONGEST}`,
  });
}

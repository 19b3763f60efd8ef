import { InvalidOptionError } from '@llm-otel/core';
import type { PeakTimes } from './price-types.ts';

/** Whether peak prices hold at a moment. */
export function isPeak({ hours, weekdays, except }: PeakTimes, millis: number): boolean {
  const moment = new Date(millis);
  const hour = moment.getUTCHours();
  if (!hours.some(([from, to]) => hour >= from && hour < to)) return false;
  if (weekdays?.includes(moment.getUTCDay()) === false) return false;
  return except?.includes(moment.toISOString().slice(0, DAY_LENGTH)) !== true;
}

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** @throws {@link InvalidOptionError} for hours that do not lie in a day */
export function checkPeakTimes(option: string, { hours }: PeakTimes): void {
  const isHour = (hour: number): boolean => Number.isInteger(hour) && hour >= 0 && hour <= 24;
  for (const pair of hours)
    if (!pair.every(isHour) || pair[0] >= pair[1])
      throw new InvalidOptionError({
        option: `${option}, peak hours`,
        value: pair,
        use: 'two whole hours of a day in UTC, such as [1, 4]',
      });
}

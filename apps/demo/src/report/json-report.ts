import type { DemoResult } from '../run-demo.ts';

/** The run for machines. Nanoseconds and other 64-bit numbers are strings, as in OTLP's JSON form. */
export function jsonReport(result: DemoResult): string {
  return `${JSON.stringify(
    result,
    (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    2,
  )}\n`;
}

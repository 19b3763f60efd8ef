const LONGEST = 500;

/** How much of a shutdown's time is kept for the spool: redacting and writing what is left takes time as well. */
export function spoolMillis(timeoutMillis: number): number {
  return Math.min(timeoutMillis / 10, LONGEST);
}

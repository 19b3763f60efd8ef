/**
 * Nanoseconds of the processor for one call, the best of a few: what takes so long is interrupted by whatever else the
 * machine does.
 */
export function nanosOfProcessor(work: () => unknown, rounds: number): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, user + system);
  }
  return best * 1000;
}

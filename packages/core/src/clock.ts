/** A timer that was started by a {@link Clock}. Opaque: only the same clock can clear it. */
export type Timer = unknown;

/** Where every package gets its time and its timers from, so that tests never wait. */
export interface Clock {
  /** Milliseconds since the Unix epoch. May jump. */
  epochMillis(): number;
  /** Milliseconds from an arbitrary start, never going back. For ages, deadlines and durations. */
  monotonicMillis(): number;
  /** Calls `callback` once. The timer never keeps the process alive. */
  setTimer(callback: () => void, delayMillis: number): Timer;
  clearTimer(timer: Timer): void;
}

// Runtimes keep the delay in 32 bits and fire at once where it does not fit, and warn of what is no number.
const LONGEST_TIMER_MILLIS = 2 ** 31 - 1;
const delayOf = (millis: number): number =>
  millis > 0 ? Math.min(millis, LONGEST_TIMER_MILLIS) : 0;

/** The clock of the runtime. A timer of more than 24.8 days fires after 24.8 days. */
export const systemClock: Clock = {
  epochMillis: () => Date.now(),
  monotonicMillis: () => performance.now(),
  setTimer(callback, delayMillis) {
    const timer: unknown = setTimeout(callback, delayOf(delayMillis));
    // Browsers and edge runtimes return a number, which keeps nothing alive.
    if (typeof timer === 'object' && timer !== null && 'unref' in timer)
      (timer as { unref(): void }).unref();
    return timer;
  },
  clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/** Resolves with `'timeout'` when `promise` takes longer than `timeoutMillis`; a rejection passes through. */
export async function withTimeout<T>(
  promise: Promise<T>,
  timeoutMillis: number,
  clock: Clock = systemClock,
): Promise<T | 'timeout'> {
  if (timeoutMillis === Infinity) return promise;
  let timer: Timer;
  const timeout = new Promise<'timeout'>((resolve) => {
    timer = clock.setTimer(() => resolve('timeout'), timeoutMillis);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clock.clearTimer(timer);
  }
}

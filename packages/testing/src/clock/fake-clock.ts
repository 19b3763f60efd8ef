import { setImmediate } from 'node:timers';

/** A timer of a {@link FakeClock}. Opaque. */
export type FakeTimer = unknown;

export interface FakeClockOptions {
  /** Where the wall clock starts, in milliseconds since the Unix epoch. @defaultValue 2026-01-01T00:00:00Z */
  readonly epochMillis?: number | undefined;
}

/** A clock that only moves when it is told to. Fits the `Clock` of `@llm-otel/core`. */
export interface FakeClock {
  epochMillis(): number;
  monotonicMillis(): number;
  setTimer(callback: () => void, delayMillis: number): FakeTimer;
  clearTimer(timer: FakeTimer): void;
  /**
   * Lets `millis` pass: runs the timers that come due, in order of their time, each at its time. Pending
   * promises get their turn before the first timer, after each one and at the end, so a timer that is set by
   * code behind an `await` still runs when its time is inside `millis`. Rejects with what a callback throws.
   */
  advance(millis: number): Promise<void>;
  /** Moves the wall clock only, as a time server does. May be negative. No timer runs. */
  jump(millis: number): void;
  /** How long from now each timer that is set will run, in milliseconds, soonest first. */
  readonly pendingTimers: readonly number[];
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

const START = Date.UTC(2026, 0, 1);

/** A clock that stands still until `advance`. */
export function fakeClock({ epochMillis = START }: FakeClockOptions = {}): FakeClock {
  let epoch = epochMillis;
  let now = 0;
  const timers = new Set<Timer>();
  const byTime = (): Timer[] => [...timers].toSorted((a, b) => a.at - b.at);
  const moveTo = (time: number): void => {
    epoch += time - now;
    now = time;
  };

  return {
    epochMillis: () => epoch,
    monotonicMillis: () => now,
    setTimer(callback, delayMillis) {
      // As setTimeout does: no time is not now, and nonsense is no time.
      const delay = delayMillis > 0 ? delayMillis : 0;
      const timer: Timer = { at: now + delay, callback };
      timers.add(timer);
      return timer;
    },
    clearTimer(timer) {
      timers.delete(timer as Timer);
    },
    async advance(millis) {
      const end = now + millis;
      await settle();
      for (let next = byTime()[0]; next !== undefined && next.at <= end; next = byTime()[0]) {
        timers.delete(next);
        moveTo(Math.max(now, next.at));
        next.callback();
        await settle();
      }
      moveTo(Math.max(now, end));
    },
    jump(millis) {
      epoch += millis;
    },
    get pendingTimers() {
      return byTime().map(({ at }) => at - now);
    },
  };
}

/** Lets every promise that can settle without the outside world do so. */
function settle(): Promise<void> {
  // Behind a macrotask the whole microtask queue is empty, however long its chains are.
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

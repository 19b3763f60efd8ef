/** What a figure has to reach. Every limit that is given must hold. */
export interface Target {
  /** Ours is at least this many times faster than the baseline. */
  readonly timesFaster?: number | undefined;
  /** Ours takes at most this many times the baseline's time. */
  readonly timesTheTime?: number | undefined;
  /** One operation of ours takes at most this long, in nanoseconds. */
  readonly maxNanos?: number | undefined;
  /** One operation of ours takes at most this much longer than one of the baseline, in nanoseconds. */
  readonly maxExtraNanos?: number | undefined;
  /** One operation of ours allocates at most this much on the heap, in bytes. */
  readonly maxBytes?: number | undefined;
}

/** What was measured, per operation. `ratio` is our time divided by the baseline's, `extraNanos` ours less that. */
export interface Figures {
  readonly oursNanos: number;
  readonly extraNanos?: number | undefined;
  readonly ratio?: number | undefined;
  readonly oursBytes?: number | undefined;
}

/** True where every limit of `target` holds. A limit that needs a figure which is not there does not hold. */
export function meets(figures: Figures, target: Target): boolean {
  const { oursNanos, extraNanos, ratio, oursBytes } = figures;
  return (
    holds(ratio, target.timesFaster === undefined ? undefined : 1 / target.timesFaster) &&
    holds(ratio, target.timesTheTime) &&
    holds(oursNanos, target.maxNanos) &&
    holds(extraNanos, target.maxExtraNanos) &&
    holds(oursBytes, target.maxBytes)
  );
}

function holds(figure: number | undefined, limit: number | undefined): boolean {
  return limit === undefined || (figure !== undefined && figure <= limit);
}

/** A target in words: `at least 2.4x faster, at most 20 ns`. */
export function describeTarget(target: Target): string {
  const { timesFaster, timesTheTime, maxNanos, maxExtraNanos, maxBytes } = target;
  const parts = [
    timesFaster === undefined ? undefined : `at least ${factor(timesFaster)} faster`,
    timesTheTime === undefined ? undefined : `at most ${factor(timesTheTime)} the time`,
    maxNanos === undefined ? undefined : `at most ${formatNanos(maxNanos)}`,
    maxExtraNanos === undefined ? undefined : `at most + ${formatNanos(maxExtraNanos)}`,
    maxBytes === undefined ? undefined : `at most ${maxBytes} bytes`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** A ratio in words, in the terms of the target it is held against: `3.1x faster`, `1.12x the time`. */
export function describeRatio(ratio: number, target: Target | undefined): string {
  const faster =
    target?.timesFaster !== undefined || (target?.timesTheTime === undefined && ratio < 1);
  return faster && ratio < 1 ? `${factor(1 / ratio)} faster` : `${factor(ratio)} the time`;
}

/** A duration with the unit a reader would choose: `3.2 ns`, `1.5 us`, `40 ms`. */
export function formatNanos(nanos: number): string {
  if (nanos < 1e3) return `${significant(nanos)} ns`;
  if (nanos < 1e6) return `${significant(nanos / 1e3)} us`;
  if (nanos < 1e9) return `${significant(nanos / 1e6)} ms`;
  return `${significant(nanos / 1e9)} s`;
}

function factor(value: number): string {
  return `${value < 10 ? Number(value.toFixed(2)) : significant(value)}x`;
}

function significant(value: number): string {
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

const HEX_DIGITS = 14;
const HALF_DIGITS = 7;
const TWO_TO_56 = 2n ** 56n;
const SIGNIFICANT_DIGITS = 4;

/**
 * A share of all traces, as the rejection threshold of OpenTelemetry's consistent probability sampling: a trace is
 * kept when its 56 random bits are not below it. Two halves of 28 bits, because a double cannot hold 56.
 */
export interface Threshold {
  readonly high: number;
  readonly low: number;
  /** The value of `th` in a tracestate. */
  readonly text: string;
}

/** Keeps everything. */
const KEEP_ALL: Threshold = { high: 0, low: 0, text: '0' };

/**
 * The threshold for a ratio from 0 to 1, rounded to four significant digits. `undefined` where nothing is kept: a
 * threshold for that does not exist.
 */
export function thresholdOf(ratio: number): Threshold | undefined {
  if (!(ratio >= 2 ** -56)) return undefined;
  if (ratio >= 1) return KEEP_ALL;
  const exact = TWO_TO_56 - BigInt(Math.round(ratio * 2 ** 56));
  // Leading digits f (close to nothing) and 0 (close to everything) say little, so they do not count.
  const digits = SIGNIFICANT_DIGITS + Math.max(leadingDigits(ratio), leadingDigits(1 - ratio));
  const cutBits = 4n * BigInt(Math.max(0, HEX_DIGITS - digits));
  const half = cutBits === 0n ? 0n : 1n << (cutBits - 1n);
  const rounded = ((exact + half) >> cutBits) << cutBits;
  const hex = rounded.toString(16).padStart(HEX_DIGITS, '0');
  return {
    high: Number.parseInt(hex.slice(0, HALF_DIGITS), 16),
    low: Number.parseInt(hex.slice(HALF_DIGITS), 16),
    text: hex.replace(/0+$/, '') || '0',
  };
}

/** How many hexadecimal digits in front of the first significant one `share` leaves unchanged. */
function leadingDigits(share: number): number {
  return Math.floor(-(Math.floor(Math.log2(share)) + 1) / 4);
}

/** True when the randomness, 14 hexadecimal digits of `text` from `at` on, is not below the threshold. */
export function reaches({ high, low }: Threshold, text: string, at: number): boolean {
  const randomHigh = halfAt(text, at);
  return randomHigh > high || (randomHigh === high && halfAt(text, at + HALF_DIGITS) >= low);
}

function halfAt(text: string, at: number): number {
  let half = 0;
  for (let digit = at; digit < at + HALF_DIGITS; digit++) {
    const code = text.charCodeAt(digit);
    half = (half << 4) | (code < 58 ? code - 48 : code - 87);
  }
  return half;
}

/** The threshold that a `th` value stands for; `undefined` where it is none: lower-case digits, at most 14. */
export function thresholdFrom(text: string): Threshold | undefined {
  if (!/^[0-9a-f]{1,14}$/.test(text)) return undefined;
  const hex = text.padEnd(HEX_DIGITS, '0');
  return { high: halfAt(hex, 0), low: halfAt(hex, HALF_DIGITS), text };
}

/** The lower of two thresholds: a trace that one of two independent votes would keep is kept. */
export function lowerOf(a: Threshold, b: Threshold): Threshold {
  return a.high < b.high || (a.high === b.high && a.low <= b.low) ? a : b;
}

import type { SpanContext, TraceState } from '@opentelemetry/api';
import { hexDigit, hexRun } from './hex.ts';
import { RemoteSpanContext } from './remote-span-context.ts';
import { trimBlanks } from './trim-blanks.ts';

const LENGTH = 55;
const DASH = 45;
const ZERO = 48;
const LOWER_F = 102;
// Sampled and random trace id, the flags that W3C level 2 defines. Others must not be passed on.
const KNOWN_FLAGS = 0b11;
const FLAGS_END = ['-00', '-01', '-02', '-03'] as const;

/**
 * Reads a W3C `traceparent`, level 2. `undefined` for everything that is not valid: never throws, and takes time in
 * proportion to the length at worst. White space around the header is skipped; a higher version than `00` is read
 * by its known prefix; flags other than sampled and random are cleared.
 */
export function parseTraceparent(header: string, traceState?: TraceState): SpanContext | undefined {
  const text = trimBlanks(header);
  const flags = validFlags(text);
  if (flags < 0) return undefined;
  const known = flags & KNOWN_FLAGS;
  const canonical =
    text.length === LENGTH && flags === known && text.startsWith('00')
      ? text
      : `00${text.slice(2, 52)}${FLAGS_END[known]}`;
  return new RemoteSpanContext(canonical, known, traceState);
}

/**
 * Writes a W3C `traceparent` of version `00`. `undefined` where an id is not valid: not 32 or 16 lower-case
 * hexadecimal digits, or all zeros. Flags other than sampled and random are left out.
 */
export function formatTraceparent(spanContext: SpanContext): string | undefined {
  const remembered = RemoteSpanContext.headerOf(spanContext);
  if (remembered !== undefined) return remembered;
  const { traceId, spanId } = spanContext;
  return isId(traceId, 32) && isId(spanId, 16)
    ? joinTraceparent(traceId, spanId, spanContext.traceFlags)
    : undefined;
}

/** The header for ids that are known to be valid. */
export function joinTraceparent(traceId: string, spanId: string, traceFlags: number): string {
  return `00-${traceId}-${spanId}${FLAGS_END[traceFlags & KNOWN_FLAGS]}`;
}

function isId(id: unknown, length: number): boolean {
  return typeof id === 'string' && id.length === length && hexRun(id, 0, length) > 0;
}

/** The flags as sent, or -1 when the header is not valid. */
function validFlags(text: string): number {
  if (
    text.length < LENGTH ||
    text.charCodeAt(2) !== DASH ||
    text.charCodeAt(35) !== DASH ||
    text.charCodeAt(52) !== DASH
  ) {
    return -1;
  }
  const first = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  if (first === ZERO && second === ZERO) {
    if (text.length !== LENGTH) return -1;
  } else if (!isFutureVersion(first, second) || !endsOrGoesOn(text)) {
    return -1;
  }
  if (hexRun(text, 3, 35) <= 0 || hexRun(text, 36, 52) <= 0) return -1;
  const high = hexDigit(text.charCodeAt(53));
  const low = hexDigit(text.charCodeAt(54));
  return high < 0 || low < 0 ? -1 : (high << 4) | low;
}

function isFutureVersion(first: number, second: number): boolean {
  return (
    hexDigit(first) >= 0 && hexDigit(second) >= 0 && !(first === LOWER_F && second === LOWER_F)
  );
}

/** What a later version adds comes after a dash. */
function endsOrGoesOn(text: string): boolean {
  return text.length === LENGTH || text.charCodeAt(LENGTH) === DASH;
}

import { errorTexts, isError } from './error-texts.ts';
import { exceptionAttributes } from './exception-attributes.ts';
import { lineTime } from './line-time.ts';
import type { FoundRecord } from './log-target.ts';
import type { Origin } from './origin.ts';
import type { Entry } from './winston-level.ts';
import { withoutColours } from './without-colours.ts';

const SPLAT = Symbol.for('splat');
// The line that the format made.
const MESSAGE = Symbol.for('message');
const DROPPED = new Set(['level', 'message', 'timestamp', 'stack']);

/** What the logger's format made of an entry. `givenTime` is the time that the application gave it. */
export function winstonRecord(
  info: Entry,
  level: unknown,
  severityNumber: number,
  givenTime: unknown,
  { timestamp: written }: Origin,
): FoundRecord {
  const timestamp = lineTime(givenTime, written);
  const attributes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(info)) {
    if (!DROPPED.has(key)) attributes[key] = value;
  }
  // What the format makes of the time is no more than when the line was written.
  if (timestamp === undefined && givenTime !== undefined) attributes['timestamp'] = givenTime;
  return {
    severityNumber,
    severityText: typeof level === 'string' ? level : undefined,
    body: bodyOf(info),
    attributes: { ...attributes, ...exceptionIn(info) },
    timestamp,
  };
}

function bodyOf(info: Entry): unknown {
  const message = info['message'] ?? info[MESSAGE];
  if (isError(message)) return errorTexts(message).message;
  return typeof message === 'string' ? withoutColours(message) : message;
}

/** As the format left it: `format.errors({ stack: true })` leaves no error, and its stack as a text. */
function exceptionIn(info: Entry): Record<string, unknown> {
  const { message, stack, [SPLAT]: splat } = info;
  const error = [info, message, ...(Array.isArray(splat) ? splat : [])].find(isError);
  const attributes = exceptionAttributes(error ?? memberError(info));
  if (typeof stack !== 'string' || stack === (error && errorTexts(error).stack)) return attributes;
  if (error !== undefined) return { ...attributes, 'exception.stacktrace': stack };
  const [, type] = STACK.exec(stack) ?? [];
  if (type === undefined) return { ...attributes, stack };
  return {
    'exception.type': type,
    ...(typeof message === 'string' ? { 'exception.message': message } : {}),
    'exception.stacktrace': stack,
  };
}

/** `logger.error('failed', { error })`. What caused an error is not the error. */
function memberError(info: Entry): unknown {
  return Object.entries(info).find(([key, value]) => key !== 'cause' && isError(value))?.[1];
}

// A type, a code of Node.js, a message and a first frame.
const STACK = /^([\w$.]{1,200})(?: \[\w+\])?(?::|\n)(?:[^]*\n)? {4}at /;

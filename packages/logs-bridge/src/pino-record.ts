import { hostname } from 'node:os';
import { lineTime } from './line-time.ts';
import type { FoundRecord } from './log-target.ts';
import type { Origin } from './origin.ts';
import type { PinoKeys } from './pino-keys.ts';

const MAX_LINE = 4_194_304;
const LONG_DIGITS = /\d{16}/;

/** A whole number that a number cannot hold is its text, as a big integer is elsewhere. */
function fieldsOf(line: string): Record<string, unknown> {
  // Reading each number's own text takes longer, and hardly a line needs it.
  if (!LONG_DIGITS.test(line)) return JSON.parse(line) as Record<string, unknown>;
  return JSON.parse(line, exact) as Record<string, unknown>;
}

function exact(
  _key: string,
  value: unknown,
  { source }: { readonly source?: string } = {},
): unknown {
  const isCut = typeof value === 'number' && !Number.isSafeInteger(value);
  return isCut && source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

/** A line of pino. */
export interface PinoLine {
  readonly text: unknown;
  readonly keys: PinoKeys;
  /** What the logger itself wrote of the time, where that is known. */
  readonly ownTime?: unknown;
}

/** What a line says, or nothing where it is too long to be read. */
export function pinoRecord(
  { text, keys, ownTime }: PinoLine,
  severityNumber: number,
  label: string | undefined,
  { timestamp: written }: Origin,
): FoundRecord | undefined {
  if (typeof text !== 'string' || text.length > MAX_LINE) return undefined;
  const fields = fieldsOf(text);
  const { level, time } = fields;
  const isOwnTime = ownTime === `,"time":${JSON.stringify(time)}`;
  const timestamp = isOwnTime ? undefined : lineTime(time, written);
  const isTimeTold = isOwnTime || timestamp !== undefined;
  const attributes: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    if (key === 'level' || key === keys.message || (key === 'time' && isTimeTold)) continue;
    if (!isOfResource(key, fields[key])) attributes[key] = fields[key];
  }
  const nested = keys.nested === undefined ? undefined : attributes[keys.nested];
  const exception = takeException(isMap(nested) ? nested : attributes, keys.error);
  return {
    severityNumber,
    severityText: label ?? (typeof level === 'string' ? level : LABELS[level as number]),
    body: fields[keys.message],
    attributes: Object.assign(attributes, exception),
    timestamp,
  };
}

// Asked for once: it is a call of the system.
let ownHostname: string | undefined;

/** Those of another process or host are the application's. */
function isOfResource(key: string, value: unknown): boolean {
  if (key === 'pid') return value === process.pid;
  return key === 'hostname' && value === (ownHostname ??= hostname());
}

const LABELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** What pino's own serializer made of an error, by the names of the conventions. What is more in it stays in `fields`. */
function takeException(
  fields: Record<string, unknown>,
  key: string,
): Record<string, unknown> | undefined {
  const error = fields[key];
  if (!isMap(error)) return undefined;
  const { type, message, stack, ...more } = error;
  if (typeof message !== 'string' || typeof stack !== 'string') return undefined;
  if (Object.keys(more).length > 0) fields[key] = more;
  else delete fields[key];
  return {
    'exception.type': typeof type === 'string' ? type : 'Error',
    'exception.message': message,
    'exception.stacktrace': stack,
  };
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Severity numbers of OpenTelemetry logs: 1 to 24, four to each of TRACE, DEBUG, INFO, WARN, ERROR, FATAL. */
export type SeverityNumber = number;

/** Levels by name, as loggers call them: npm, syslog and cli levels of winston, console, pino. */
export const SEVERITY_OF_LEVEL: Readonly<Record<string, SeverityNumber>> = {
  silly: 1,
  trace: 1,
  debug: 5,
  verbose: 6,
  http: 7,
  input: 8,
  prompt: 8,
  data: 8,
  info: 9,
  log: 9,
  help: 9,
  notice: 10,
  warn: 13,
  warning: 13,
  error: 17,
  crit: 21,
  critical: 21,
  fatal: 21,
  alert: 22,
  emerg: 23,
};

const UNSPECIFIED = 0;
const MAX = 24;

/** The severity of a level by its name in any case, 0 (unspecified) where the name says nothing. */
export function severityOfLevel(level: unknown): SeverityNumber {
  return typeof level === 'string'
    ? (SEVERITY_OF_LEVEL[level.toLowerCase()] ?? UNSPECIFIED)
    : UNSPECIFIED;
}

/**
 * The severity of a numeric level of pino: 10 trace to 60 fatal. A level in between is a finer one of the step below:
 * 35 is INFO3.
 */
export function severityOfNumber(level: unknown): SeverityNumber {
  if (typeof level !== 'number' || !Number.isFinite(level) || level < 0) return UNSPECIFIED;
  if (level < 10) return 1;
  const step = Math.floor(level / 10);
  const within = Math.floor(((level % 10) * 4) / 10);
  return Math.min(MAX, (step - 1) * 4 + 1 + within);
}

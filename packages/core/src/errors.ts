/** A stable identifier of what went wrong. `code` never changes between releases; `message` may. */
export type ErrorCode = `LLM_OTEL_${string}`;

/** Every error these packages throw on purpose. Thrown while setting up, never while spans are recorded. */
export class TelemetryError extends Error {
  // A brand and not instanceof: two copies of this package may be installed.
  readonly isTelemetryError = true;
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }

  static is(error: unknown): error is TelemetryError {
    return error instanceof Error && 'isTelemetryError' in error;
  }
}

export interface InvalidOption {
  /** The option as the user wrote it: `sampling.rules[2].ratio`, or an environment variable. */
  readonly option: string;
  /** The value found. Left out of the message when the option holds a secret. */
  readonly value: unknown;
  /** What is accepted, as the end of a sentence that starts with "use". */
  readonly use: string;
  /** True when `value` must not be printed. */
  readonly secret?: boolean | undefined;
}

/** An option or environment variable that cannot be used. */
export class InvalidOptionError extends TelemetryError {
  readonly option: string;

  constructor({ option, value, use, secret }: InvalidOption) {
    super(
      'LLM_OTEL_INVALID_OPTION',
      `${option} is ${secret ? '[redacted]' : printed(value)}: use ${use}`,
    );
    this.option = option;
  }
}

/** An option that does not exist: misspelt, or of another library. */
export class UnknownOptionError extends TelemetryError {
  readonly option: string;

  /** @param instead - what to do about it, as the end of the message */
  constructor(option: string, instead: string) {
    super('LLM_OTEL_UNKNOWN_OPTION', `${option} is not an option: ${instead}`);
    this.option = option;
  }
}

/** An optional package that is needed for what was asked and is not installed. */
export class MissingPeerError extends TelemetryError {
  readonly packageName: string;

  constructor(packageName: string, neededFor: string, options?: ErrorOptions) {
    super(
      'LLM_OTEL_MISSING_PEER',
      `${neededFor} needs ${packageName}, which is not installed: run npm install ${packageName}`,
      options,
    );
    this.packageName = packageName;
  }
}

const PRINTED_LENGTH = 80;
const REDACTED = '[redacted]';

/**
 * A text without what in a URL may be a secret: user and password, and the query. Of one that is no URL, a misspelt one for
 * example, everything that may be those. A key in PEM in the place of a path does not show at all.
 */
export function withoutCredentials(text: string): string {
  if (text.includes('-----BEGIN')) return REDACTED;
  const scheme = text.indexOf('://');
  const start = scheme < 0 ? 0 : scheme + 3;
  const at = text.lastIndexOf('@');
  const colon = text.indexOf(':');
  const shown =
    at > start && colon >= 0 && colon < at
      ? `${text.slice(0, start)}${REDACTED}${text.slice(at)}`
      : text;
  const query = scheme < 0 ? -1 : shown.indexOf('?');
  return query < 0 ? shown : `${shown.slice(0, query + 1)}${REDACTED}`;
}

/** A value as it is quoted in an error: short, on one line, and safe for any input. */
function printed(value: unknown): string {
  let text: string;
  try {
    // JSON.stringify answers undefined for undefined, functions and symbols, whatever its type says.
    const json: string | undefined = JSON.stringify(value, (_key, member: unknown) =>
      typeof member === 'string' ? withoutCredentials(member) : member,
    );
    text = json ?? kindOf(value);
  } catch {
    text = `a value of type ${typeof value}`;
  }
  return text.length > PRINTED_LENGTH ? `${text.slice(0, PRINTED_LENGTH)}…` : text;
}

/** What has no JSON, as it stands after "is". */
function kindOf(value: unknown): string {
  if (value === undefined) return 'undefined';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

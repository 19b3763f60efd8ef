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

/** A value as it is quoted in an error: short, on one line, and safe for any input. */
function printed(value: unknown): string {
  let text: string;
  try {
    // JSON.stringify answers undefined for undefined, functions and symbols, whatever its type says.
    const json: string | undefined = JSON.stringify(value);
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

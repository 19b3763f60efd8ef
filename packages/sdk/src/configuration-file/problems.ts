import { type ErrorCode, TelemetryError } from '@llm-otel/core';

export type Path = readonly (string | number)[];

/** Tells where in the text a path stands: `otel.yaml:12:5`, or the file alone where that is not known. */
export type Locate = (path: Path) => string;

const CODE: ErrorCode = 'LLM_OTEL_INVALID_CONFIGURATION_FILE';

// One line is what a log keeps together.
const MAX_TOLD = 5;

/** A configuration file that cannot be used. The message is one line, with the first things that are wrong with it. */
export class ConfigurationFileError extends TelemetryError {
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[], options?: ErrorOptions) {
    const more = problems.length - MAX_TOLD;
    const told = problems.slice(0, MAX_TOLD).map((problem) => problem.replaceAll(/\s*\n\s*/g, ' '));
    if (more > 0) told.push(`and ${more} more, which llm-otel doctor tells`);
    super(CODE, `${file} cannot be used: ${told.join('; ')}`, options);
    this.problems = problems;
  }
}

/** What is found out about a file while it is read: all of it, so that it can be corrected in one go. */
export class Problems {
  /** What makes the file unusable. */
  readonly errors: string[] = [];
  /** What the schema knows and this package does not do. */
  readonly unsupported: string[] = [];
  /** What may be why it is unusable. */
  readonly reasons: string[] = [];
  readonly #locate: Locate;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  invalid(path: Path, message: string): void {
    this.errors.push(`${this.#locate(path)} ${message}`);
  }

  /** Also in front of what makes the file unusable: a key that is not known may be one of those that are new. */
  newer(path: Path, format: string, newest: string): void {
    const problem = `${this.#locate(path)} ${nameOf(path)} ${format} is newer than ${newest}: what is new in it is not known`;
    this.unsupported.push(problem);
    this.reasons.push(problem);
  }

  notSupported(path: Path, reason: string): void {
    this.unsupported.push(`${this.#locate(path)} ${nameOf(path)} is not supported: ${reason}`);
  }
}

/** `tracer_provider.processors[0].batch` */
export function nameOf(path: Path): string {
  let name = '';
  for (const part of path) {
    if (typeof part === 'number') name += `[${part}]`;
    else name += name === '' ? part : `.${part}`;
  }
  return name;
}

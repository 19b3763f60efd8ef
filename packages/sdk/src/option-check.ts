import { type InvalidOptionError, TelemetryError } from '@llm-otel/core';

/** What an option may be, and how that is told. */
export interface OptionCheck {
  /** The end of a sentence that starts with "use". */
  readonly use: string;
  readonly fits: (value: unknown) => boolean;
  /** What is wrong inside of a value that fits, by its own parser. */
  readonly inside?: (value: unknown) => InvalidOptionError | undefined;
  /** Of a list: what each member may be. */
  readonly item?: OptionCheck;
  /** True where the value may hold a secret, and is not printed. */
  readonly isSecret?: boolean;
  /**
   * True where the default in its place would send telemetry elsewhere, or where none was wanted: then telemetry does not
   * start.
   */
  readonly mustHold?: boolean;
}

/** A check for each option. Typed by the options, so that neither can be without the other. */
export type OptionChecks<Options> = {
  readonly [Key in keyof Options]-?: OptionCheck | OptionGroup;
};

/** An option that has options of its own. */
export interface OptionGroup {
  readonly use: string;
  /** What may stand in its place: `false`, where it can be switched off. */
  readonly or: readonly unknown[];
  readonly members: Readonly<Record<string, OptionCheck | OptionGroup>>;
}

export const text: OptionCheck = {
  use: 'text that is not empty',
  fits: (value) => typeof value === 'string' && value !== '',
};

export const flag: OptionCheck = {
  use: 'true or false',
  fits: (value) => typeof value === 'boolean',
};

/** Checked where it is used, which tells more. */
export const checkedLater: OptionCheck = { use: '', fits: () => true };

/** One of the keys of `words`: an object, so that its type can demand all of them. */
export function oneOf<Word extends string>(words: Readonly<Record<Word, true>>): OptionCheck {
  return {
    use: `one of ${Object.keys(words).join(', ')}`,
    fits: (value) => typeof value === 'string' && Object.hasOwn(words, value),
  };
}

/** How many. */
export function whole(min: number): OptionCheck {
  return {
    use: `a whole number of at least ${min}`,
    fits: (value) => Number.isSafeInteger(value) && (value as number) >= min,
  };
}

/** A number that may be broken, such as milliseconds. */
export function number(
  min: number,
  { max = Number.MAX_VALUE, unit = '' }: { readonly max?: number; readonly unit?: string } = {},
): OptionCheck {
  const range = max === Number.MAX_VALUE ? `of at least ${min}` : `from ${min} to ${max}`;
  return {
    use: `a number ${unit === '' ? '' : `of ${unit} `}${range}`,
    fits: (value) => typeof value === 'number' && value >= min && value <= max,
  };
}

export function millis(min: number): OptionCheck {
  return number(min, { unit: 'milliseconds' });
}

/** The same where it may also be without end. */
export function millisOrForever(min: number): OptionCheck {
  const finite = millis(min);
  return {
    use: `${finite.use}, or Infinity`,
    fits: (value) => value === Infinity || finite.fits(value),
  };
}

export const aFunction: OptionCheck = {
  use: 'a function',
  fits: (value) => typeof value === 'function',
};

/** An object with these methods, whoever made it. */
export function withMethods(use: string, ...methods: readonly string[]): OptionCheck {
  return {
    use,
    fits: (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function'),
  };
}

/** The error that `parse` throws for a value. */
export function thrownBy(
  parse: (value: unknown) => unknown,
): (value: unknown) => InvalidOptionError | undefined {
  return (value) => {
    try {
      parse(value);
      return undefined;
    } catch (error) {
      if (TelemetryError.is(error) && error.code === 'LLM_OTEL_INVALID_OPTION')
        return error as InvalidOptionError;
      throw error;
    }
  };
}

export function listOf(item: OptionCheck): OptionCheck {
  return { use: `an array; in it ${item.use}`, fits: (value) => Array.isArray(value), item };
}

/** A plain object with any names. */
export function recordOf(use: string, fits: (member: unknown) => boolean): OptionCheck {
  return { use, fits: (value) => isPlain(value) && Object.values(value).every(fits) };
}

export function group<Options>(
  members: OptionChecks<Options>,
  use: string,
  ...or: readonly unknown[]
): OptionGroup {
  return { members, use, or };
}

export function isGroup(check: OptionCheck | OptionGroup): check is OptionGroup {
  return 'members' in check;
}

/** Not an array, and none of a class such as `Map` or `Headers`, whose members are not its content. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

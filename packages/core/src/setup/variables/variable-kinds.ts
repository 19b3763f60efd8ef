import type { EnvironmentReader, NumberRange } from '../../environment.ts';

/** How the text of a variable becomes a value. */
export interface VariableKind<T> {
  /** What may stand in the variable, for the reference page. */
  readonly type: string;
  readonly unit?: string | undefined;
  /** Whether the value may hold a secret, and must not be printed. */
  readonly isSecret?: boolean | undefined;
  readonly read: (reader: EnvironmentReader, name: string) => T | undefined;
}

export const flag: VariableKind<boolean> = {
  type: 'true or false',
  read: (reader, name) => reader.boolean(name),
};

/** A flag that protects: what is neither `true` nor `false` is reported and counts as `true`, but for `0`, `no` and `off`. */
export const protection: VariableKind<boolean> = {
  type: 'true or false; anything else is reported, and counts as true',
  read: (reader, name) => {
    const value = reader.boolean(name);
    const other = value === undefined ? reader.string(name) : undefined;
    return other === undefined ? value : protects(other);
  },
};

/** What a word that is neither `true` nor `false` counts as, where the variable protects. */
export function protects(word: string): boolean {
  return !/^(?:0|no|off)$/i.test(word.trim());
}

export const text: VariableKind<string> = {
  type: 'text',
  read: (reader, name) => reader.string(name),
};

/** Text that may hold a secret. Nothing prints it: any text will do, so there is no error that would. */
export const secretText: VariableKind<string> = { ...text, type: 'a URL', isSecret: true };

/** A key. As above, any text will do: whoever uses it says when it is too short. */
export const key: VariableKind<string> = { ...secretText, type: 'text of at least 16 bytes' };

export const path: VariableKind<string> = { ...text, type: 'the path of a file' };

export const pairs: VariableKind<Readonly<Record<string, string>>> = {
  type: 'key=value pairs, separated by commas, percent-encoded',
  read: (reader, name) => reader.pairs(name),
};

/** Pairs that are never printed, not even in an error. One that cannot be used costs only itself. */
export const headers: VariableKind<Readonly<Record<string, string>>> = {
  type: pairs.type,
  isSecret: true,
  read: (reader, name) => reader.headers(name),
};

/** Where OTLP goes. Over gRPC, as the variable of that name has it, the address need be no URL. */
export function endpoint(protocolNames: readonly string[]): VariableKind<string> {
  return {
    type: 'an http or https URL; for grpc also host:port',
    read: (reader, name) => {
      const [protocol] = protocolNames.flatMap((of) => reader.string(of) ?? []);
      return protocol?.toLowerCase() === 'grpc' ? reader.grpcTarget(name) : reader.httpUrl(name);
    },
  };
}

/** A duration. The specification counts in milliseconds; a unit may be written behind the number. */
export const millis: VariableKind<number> = {
  type: 'a duration: 5000, 5000ms, 5s',
  unit: 'ms',
  read: (reader, name) => reader.durationMillis(name),
};

/** A duration of nothing would be none: a request without time, a record that is never kept. */
export const millisOfSome: VariableKind<number> = {
  ...millis,
  read: (reader, name) => reader.durationMillis(name, 'ms', { min: 1 }),
};

/** The same, counted in seconds where no unit is written. */
export const secondsOfSome: VariableKind<number> = {
  type: 'a duration: 120, 120s, 120000ms',
  unit: 's',
  read: (reader, name) => reader.durationMillis(name, 's', { min: 1 }),
};

export const ratio: VariableKind<number> = numberIn('1', { min: 0, max: 1 });

/** How many, at least one. */
export function atLeastOne(unit: string): VariableKind<number> {
  return atLeast(1, unit);
}

export function atLeast(min: number, unit: string): VariableKind<number> {
  return numberIn(unit, { min, integer: true });
}

/** How many, or none at all. */
export function countOf(unit: string): VariableKind<number> {
  return numberIn(unit, { min: 0, integer: true });
}

function numberIn(unit: string, range: NumberRange): VariableKind<number> {
  const kind = range.integer === true ? 'a whole number' : 'a number';
  const limits =
    range.max === undefined ? `of at least ${range.min}` : `from ${range.min} to ${range.max}`;
  return { type: `${kind} ${limits}`, unit, read: (reader, name) => reader.number(name, range) };
}

/** @param use what the error advises, where the list of words does not say enough */
export function oneOf<const T extends string>(words: readonly T[], use?: string): VariableKind<T> {
  return { type: words.join(', '), read: (reader, name) => reader.oneOf(name, words, use) };
}

/**
 * Where a signal goes: several of `words`, `none` among them. One that is not known is reported and left out; where none is
 * left the signal goes nowhere, and not to a receiver that nobody has named.
 */
export function exportersOf<const T extends string>(
  words: readonly (T | 'none')[],
): VariableKind<readonly (T | 'none')[]> {
  return {
    type: `a list of ${words.join(', ')}; of none that is known: none`,
    read: (reader, name) =>
      reader.list(name)?.length ? (reader.someOf(name, words) ?? ['none']) : undefined,
  };
}

/** Several of `words`, separated by commas. One that is not known is reported and left out. */
export function someOf<const T extends string>(words: readonly T[]): VariableKind<readonly T[]> {
  return {
    type: `a list of ${words.join(', ')}`,
    read: (reader, name) => reader.someOf(name, words),
  };
}

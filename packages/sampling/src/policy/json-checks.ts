import { InvalidOptionError } from '@llm-otel/core/errors';

export type Json = Record<string, unknown>;

export function fail(option: string, value: unknown, use: string): never {
  throw new InvalidOptionError({ option, value, use });
}

/** `json` as an object that has no other keys than `known`. */
export function objectAt(json: unknown, path: string, known?: readonly string[]): Json {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    fail(path, json, known === undefined ? 'an object' : `an object with ${known.join(', ')}`);
  }
  for (const key of known === undefined ? [] : Object.keys(json)) {
    if (known?.includes(key) !== true) {
      fail(`${path}.${key}`, (json as Json)[key], `one of ${known?.join(', ')}`);
    }
  }
  return json as Json;
}

/** A test of a value that may be absent, and what to use instead of one that fails it. */
export interface Check {
  readonly holds: (value: unknown) => boolean;
  readonly use: string;
}

export const pattern: Check = { holds: isText, use: 'a text, in which * stands for any' };
export const amount: Check = {
  holds: (value) => isNumber(value) && value >= 0,
  use: 'a number that is not negative',
};
export const number: Check = { holds: isNumber, use: 'a number' };
export const share: Check = {
  holds: (value) => isNumber(value) && value >= 0 && value <= 1,
  use: 'a number from 0 to 1',
};
export const flag: Check = {
  holds: (value) => typeof value === 'boolean',
  use: 'true or false',
};

export function oneOf(values: readonly string[]): Check {
  return {
    holds: (value) => values.includes(value as string),
    use: `one of ${values.join(', ')}`,
  };
}

/** Checks the members of an object that are there. */
export function checkMembers(
  object: Json,
  path: string,
  checks: Readonly<Record<string, Check>>,
): void {
  for (const [key, { holds, use }] of Object.entries(checks)) {
    const value = object[key];
    if (value !== undefined && !holds(value)) fail(`${path}.${key}`, value, use);
  }
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || isNumber(value);
}

// Also the ones that only some programs take for a line break.
const CONTROLS = /[\p{Cc}\u2028\u2029]/u;

/** Nothing in it breaks a line, or the file it is written to: a name is seen in logs, metrics, comments and YAML. */
export function isOneLine(text: string): boolean {
  return text.isWellFormed() && !CONTROLS.test(text);
}

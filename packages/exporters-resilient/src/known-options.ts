import { InvalidOptionError, type OptionKeys, unknownOptions } from '@llm-otel/core';
import { kindOf } from './options.ts';

/**
 * Throws unless `options` is an object that has only `known` keys, or absent: UnknownOptionError with the nearest name for a key
 * that is misspelt, InvalidOptionError for what is no object. What the values are is not looked at.
 * @param path - where `options` stands, such as `batch`; left out at the top
 */
export function knownOptions<Options extends object>(
  options: Options | undefined,
  known: OptionKeys<Options>,
  path: string = '',
): void {
  if (options === undefined) return;
  objectOption(path === '' ? 'options' : path, options, Object.keys(known));
  const [unknown] = unknownOptions(options, known, path);
  if (unknown !== undefined) throw unknown;
}

/** Throws {@link InvalidOptionError} unless `value` is an object, for the members it may have. */
export function objectOption(option: string, value: unknown, members: readonly string[]): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  const use = `an object with ${members.join(', ')}`;
  throw new InvalidOptionError({ option, value: kindOf(value), use });
}

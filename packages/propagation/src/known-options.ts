import { InvalidOptionError, type OptionKeys, unknownOptions } from '@llm-otel/core';

/**
 * Throws for what is no object, and for the first key that does not exist: a misspelt list of baggage keys would keep in, or
 * copy, nothing.
 * @param path - the function whose options these are
 */
export function knownOptions<Options extends object>(
  path: string,
  options: Options,
  known: OptionKeys<Options>,
): void {
  if (typeof options !== 'object' || (options as unknown) === null || Array.isArray(options)) {
    throw new InvalidOptionError({
      option: `options of ${path}`,
      value: Array.isArray(options) ? 'a list' : options,
      use: `an object with ${Object.keys(known).join(', ')}`,
    });
  }
  const [unknown] = unknownOptions(options, known, path);
  if (unknown !== undefined) throw unknown;
}

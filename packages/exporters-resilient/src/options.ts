import { InvalidOptionError } from '@llm-otel/core';

interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
  /** Whether `Infinity` makes sense. What grows has a bound, so mostly it does not. */
  readonly infinite?: boolean;
}

/** `value`, or `fallback` where it is absent. Throws {@link InvalidOptionError} when it cannot be used. */
export function numberOption(
  option: string,
  value: number | undefined,
  fallback: number,
  { min = 0, max = Infinity, integer = false, infinite = false }: NumberLimits = {},
): number {
  if (value === undefined) return fallback;
  const fits =
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    (value === Infinity ? infinite : !integer || Number.isInteger(value));
  if (fits) return value;
  throw new InvalidOptionError({
    option,
    // JSON has no NaN and no Infinity.
    value: typeof value === 'number' ? String(value) : value,
    use:
      `a ${integer ? 'whole ' : ''}number ` +
      (max === Infinity
        ? `of at least ${min}${infinite ? ', or Infinity' : ''}`
        : `from ${min} to ${max}`),
  });
}

/** Throws {@link InvalidOptionError} unless `value` is one of `known`. */
export function oneOfOption(
  option: string,
  value: string,
  known: readonly string[],
  use: string = `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`,
): void {
  if (!known.includes(value)) throw new InvalidOptionError({ option, value, use });
}

/** Throws {@link InvalidOptionError} unless `value` is text with something in it, or absent. */
export function textOption(option: string, value: string | undefined, use: string): void {
  if (value === undefined || (typeof value === 'string' && value !== '')) return;
  throw new InvalidOptionError({ option, value, use });
}

/** Throws {@link InvalidOptionError} unless `value` is a function, or absent. */
export function functionOption(option: string, value: unknown, use: string): void {
  if (value === undefined || typeof value === 'function') return;
  throw new InvalidOptionError({ option, value: kindOf(value), use });
}

/** Throws {@link InvalidOptionError} unless `value` has a method of each name, or is absent. */
export function methodsOption(
  option: string,
  value: unknown,
  methods: readonly string[],
  use: string,
): void {
  if (value === undefined) return;
  const has = (name: string): boolean =>
    typeof (value as Readonly<Record<string, unknown>>)[name] === 'function';
  if (typeof value === 'object' && value !== null && methods.every(has)) return;
  throw new InvalidOptionError({ option, value: kindOf(value), use });
}

/** What an option is, for an error: its value may hold what must not be printed. */
export function kindOf(value: unknown): string | null {
  if (value === null) return null;
  return Array.isArray(value) ? 'array' : typeof value;
}

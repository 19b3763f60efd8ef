import { InvalidOptionError } from '@llm-otel/core';

interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** `value`, or `fallback` where it is absent. Throws {@link InvalidOptionError} when it cannot be used. */
export function numberOption(
  option: string,
  value: number | undefined,
  fallback: number,
  { min = 0, max = Infinity, integer = false }: NumberLimits = {},
): number {
  if (value === undefined) return fallback;
  const fits =
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    (!integer || Number.isInteger(value));
  if (fits) return value;
  throw new InvalidOptionError({
    option,
    // JSON has no NaN and no Infinity.
    value: typeof value === 'number' ? String(value) : value,
    use:
      `a ${integer ? 'whole ' : ''}number ` +
      (max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`),
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

import { InvalidOptionError } from '@llm-otel/core';
import { objectOption } from '../known-options.ts';
import { numberOption } from '../options.ts';
import { isSensitivity, SENSITIVITIES, type Sensitivity } from './sensitivity.ts';

/** How long what is of a class is kept, in milliseconds, for those that have an age of their own. Throws {@link InvalidOptionError}. */
export function sensitivityAges(
  option: string,
  ages: Readonly<Partial<Record<Sensitivity, number>>> = {},
): ReadonlyMap<Sensitivity, number> {
  objectOption(option, ages, SENSITIVITIES);
  const resolved = new Map<Sensitivity, number>();
  for (const [name, age] of Object.entries(ages)) {
    if (!isSensitivity(name))
      throw new InvalidOptionError({ option, value: name, use: SENSITIVITIES.join(', ') });
    // An option that is left out by `undefined` is left out.
    if ((age as number | undefined) !== undefined)
      resolved.set(
        name,
        numberOption(`${option}.${name}`, age, Infinity, { min: 1, infinite: true }),
      );
  }
  return resolved;
}

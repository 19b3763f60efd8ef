import { ROLL_UP_NAMES } from '../dialects/move-roll-up.ts';
import { ATTR_LLM_OTEL_USAGE_ROLLUP } from '../generated/attributes.ts';
import { type AttributeTarget, setIfKnown } from '../set-if-known.ts';
import { USAGE_ATTRIBUTES } from './usage-attributes.ts';

/** Totals, and what they are called where they repeat those of calls inside. Splits by modality have no such name, and are left out there. */
export const REPEATED: ReadonlyMap<string, string | undefined> = new Map([
  ...USAGE_ATTRIBUTES.map(([, name]) => [name, undefined] as const),
  ...ROLL_UP_NAMES,
]);

/** Sets totals on `target` by the names they have where they repeat those of a call inside. A span that repeats `isAll` is marked. */
export function repeatedNames(
  target: AttributeTarget,
  { isAll = true }: { readonly isAll?: boolean } = {},
): AttributeTarget {
  if (isAll) setIfKnown(target, ATTR_LLM_OTEL_USAGE_ROLLUP, true);
  return {
    setAttribute(name, value) {
      const known = REPEATED.has(name) ? REPEATED.get(name) : name;
      if (known !== undefined) setIfKnown(target, known, value);
    },
  };
}

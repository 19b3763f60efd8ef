import type { JsonField } from '../json/json-fields.ts';

const names = new WeakMap<JsonField, string>();

/** The name of a field, without the quotes and the colon it has in the output. */
export function nameOf(field: JsonField): string {
  let name = names.get(field);
  if (name === undefined) names.set(field, (name = field.key.slice(1, -2)));
  return name;
}

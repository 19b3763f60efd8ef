import { ATTR_GEN_AI_PROVIDER_NAME } from '../../generated/attributes.ts';
import { removedAttributes } from '../../generated/removed-names.ts';
import type { DialectReading } from '../dialect-reading.ts';
import { providerFrom } from '../provider-names.ts';

/** Names of earlier conventions that have a successor. */
const RENAMED = Object.entries(removedAttributes).flatMap(([name, { to, values = {} }]) =>
  to === undefined ? [] : [{ name, to, values: new Map(Object.entries(values)) }],
);

/** Reads names and values of earlier conventions. Old names without a successor are kept. */
export function readRemovedNames(reading: DialectReading): void {
  for (const { name, to, values } of RENAMED) {
    const value = reading.take(name);
    if (value === undefined) continue;
    reading.set(to, typeof value === 'string' ? (values.get(value) ?? value) : value);
  }
  const provider = reading.peek(ATTR_GEN_AI_PROVIDER_NAME);
  if (typeof provider === 'string') reading.put(ATTR_GEN_AI_PROVIDER_NAME, providerFrom(provider));
}

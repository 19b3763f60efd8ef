import { type Clock, InvalidOptionError, systemClock } from '@llm-otel/core';
import type { RedactionVault } from './redaction-vault.ts';

export interface MemoryVaultOptions {
  /** Values kept; the oldest go first. @defaultValue 10,000 */
  readonly maxEntries?: number | undefined;
  /** Longest time a value is kept. @defaultValue one hour */
  readonly maxAgeMillis?: number | undefined;
  /** Makes an id: unguessable, and new every time. @defaultValue `crypto.randomUUID` */
  readonly newId?: (() => string) | undefined;
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
}

/** Longer values are not kept: what stands for them cannot be opened. */
const LONGEST_VALUE = 65_536;

/** A vault in this process, for tests and for a desk tool that shows what it has hidden. Gone with the process. */
export function memoryVault({
  maxEntries = 10_000,
  maxAgeMillis = 3_600_000,
  newId = () => globalThis.crypto.randomUUID().slice(0, 23),
  clock = systemClock,
}: MemoryVaultOptions = {}): RedactionVault {
  for (const [option, value] of Object.entries({ maxEntries, maxAgeMillis })) {
    if (!Number.isInteger(value) || value < 1)
      throw new InvalidOptionError({
        option: `memoryVault.${option}`,
        value,
        use: 'a whole number of at least 1',
      });
  }
  const entries = new Map<string, { readonly value: string; readonly since: number }>();
  const ids = new Map<string, string>();

  function forgetOld(now: number): void {
    for (const [id, { value, since }] of entries) {
      if (entries.size <= maxEntries && now - since <= maxAgeMillis) return;
      entries.delete(id);
      if (ids.get(value) === id) ids.delete(value);
    }
  }

  return {
    store(_kind, value) {
      const now = clock.monotonicMillis();
      forgetOld(now);
      const known = ids.get(value);
      if (known !== undefined) return known;
      const id = newId();
      if (value.length > LONGEST_VALUE) return id;
      entries.set(id, { value, since: now });
      ids.set(value, id);
      forgetOld(now);
      return id;
    },
    open(id) {
      forgetOld(clock.monotonicMillis());
      return entries.get(id)?.value;
    },
  };
}

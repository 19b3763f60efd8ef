import { EnvironmentReader } from '@llm-otel/core';

/** `key=value,key=value`, as in `OTEL_RESOURCE_ATTRIBUTES`. Text that is none was refused when it was read. */
export function pairsIn(text: string | undefined): Readonly<Record<string, string>> {
  return new EnvironmentReader({ text }, () => undefined).pairs('text') ?? {};
}

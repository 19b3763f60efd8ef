import { InvalidOptionError } from '@llm-otel/core';
import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import type { KeyedHash } from '@llm-otel/redaction';
import { nodeKeyedHash } from '@llm-otel/redaction/node';
import type { RedactionTools } from './telemetry-options.ts';

/**
 * The hash for the action `hash`: the one given in code, else one with the key of the environment. A policy of a
 * configuration file has no other: a key stands in no file.
 * @throws InvalidOptionError when the key is too short, without showing it
 */
export function chooseHash(
  tools: RedactionTools | undefined,
  { redactionHashKey: key }: TelemetryEnvironment,
): KeyedHash | undefined {
  if (tools?.hash !== undefined || key === undefined) return tools?.hash;
  try {
    return nodeKeyedHash({ key });
  } catch {
    throw new InvalidOptionError({
      option: 'OTEL_REDACTION_HASH_KEY',
      value: key,
      secret: true,
      use: 'at least 16 bytes from a secret store',
    });
  }
}

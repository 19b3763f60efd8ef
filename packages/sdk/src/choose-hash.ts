import { InvalidOptionError } from '@llm-otel/core';
import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import type { KeyedHash } from '@llm-otel/redaction';
import { nodeKeyedHash } from '@llm-otel/redaction/node';
import { diag } from '@opentelemetry/api';
import type { TelemetryOptions } from './telemetry-options.ts';

/**
 * The hash for the action `hash`: the one given in code, else one with the key of the environment. A key that is too short
 * is told and counts as none: only a policy that needs one does not do without.
 * @throws InvalidOptionError for such a key, with `strict`
 */
export function chooseHash(
  { redactionTools, strict }: Pick<TelemetryOptions, 'redactionTools' | 'strict'>,
  environment: TelemetryEnvironment,
): KeyedHash | undefined {
  if (redactionTools?.hash !== undefined) return redactionTools.hash;
  const hash = environmentHash(environment);
  if (!(hash instanceof InvalidOptionError)) return hash;
  if (strict === true) throw hash;
  diag.warn(`llm-otel: ${hash.message} (ignored)`);
  return undefined;
}

/**
 * One with the key of the environment, or what is wrong with the key, without showing it. A policy of a configuration file
 * has no other: a key stands in no file.
 */
export function environmentHash({
  redactionHashKey: key,
}: TelemetryEnvironment): KeyedHash | InvalidOptionError | undefined {
  if (key === undefined) return undefined;
  try {
    return nodeKeyedHash({ key });
  } catch {
    return new InvalidOptionError({
      option: 'OTEL_REDACTION_HASH_KEY',
      value: key,
      secret: true,
      use: 'at least 16 bytes from a secret store',
    });
  }
}

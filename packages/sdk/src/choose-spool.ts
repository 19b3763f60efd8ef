import type { ReadableSpan } from '@llm-otel/core';
import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import { isSensitivity, type Sensitivity, type Spool } from '@llm-otel/exporters-resilient';
import { ATTR_LLM_OTEL_SENSITIVITY } from '@llm-otel/llm-conventions';
import type { SpoolOptions, TelemetryOptions } from './telemetry-options.ts';

/**
 * The spool, where a directory is named. Loaded only then.
 * @throws InvalidOptionError for an option that cannot be used
 */
export async function chooseSpool(
  { spool = {} }: TelemetryOptions,
  environment: TelemetryEnvironment,
): Promise<Spool | undefined> {
  if (spool === false) return undefined;
  const directory = spool.directory ?? environment.spoolDirectory;
  if (directory === undefined && Object.keys(spool).length === 0) return undefined;
  const { diskSpool } = await import('@llm-otel/exporters-resilient/spool');
  return diskSpool({
    mode: environment.spoolMode,
    fsync: environment.spoolFsync,
    maxBytes: environment.spoolMaxBytes,
    maxAgeMillis: environment.spoolMaxAgeMillis,
    ...spool,
    deadLetters: deadLettersOf(spool, environment),
    // Without one, what the options say would go nowhere: the error tells which is missing.
    directory: directory ?? '',
  });
}

/** Each member of its own: an option for one leaves the variable of the other as it is. */
function deadLettersOf(
  { deadLetters = {} }: SpoolOptions,
  { deadLettersMaxBytes, deadLettersMaxAgeMillis }: TelemetryEnvironment,
): SpoolOptions['deadLetters'] {
  if (deadLetters === false) return false;
  return { maxBytes: deadLettersMaxBytes, maxAgeMillis: deadLettersMaxAgeMillis, ...deadLetters };
}

/** What the span says about itself. One that says something else than a class should not lie in the widest of them. */
export function sensitivityOf({ attributes }: ReadableSpan): Sensitivity {
  const said = attributes[ATTR_LLM_OTEL_SENSITIVITY];
  if (said === undefined || said === null) return 'internal';
  return isSensitivity(said) ? said : 'restricted';
}

import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import { diag } from '@opentelemetry/api';
import type { TelemetryOptions } from './telemetry-options.ts';

/** A shorter limit would leave nothing of a placeholder. */
const SHORTEST = 64;

/** The longest value of an attribute, by signal; absent: no limit. */
export interface AttributeLengths {
  readonly spans: number | undefined;
  readonly logs: number | undefined;
}

/**
 * What variables or a file say: a signal's own limit over the common one. Not for the SDK, which would cut a secret in
 * half before it can be found. The limit of a redaction policy given in code wins.
 */
export function attributeLengths(
  { redaction }: Pick<TelemetryOptions, 'redaction'>,
  environment: TelemetryEnvironment,
): AttributeLengths {
  const { attributeValueLengthLimit: common } = environment;
  if (redaction !== false && redaction?.maxValueLength !== undefined)
    return { spans: undefined, logs: undefined };
  const spans = environment.spanAttributeValueLengthLimit ?? common;
  const logs = environment.logAttributeValueLengthLimit ?? common;
  const least = Math.min(spans ?? SHORTEST, logs ?? SHORTEST);
  if (least < SHORTEST)
    diag.warn(
      `llm-otel: the length limit of ${least} is less than the least there is: values are cut to ${SHORTEST} characters`,
    );
  return { spans: allowed(spans), logs: allowed(logs) };
}

function allowed(limit: number | undefined): number | undefined {
  return limit === undefined ? undefined : Math.max(limit, SHORTEST);
}

import { diag } from '@opentelemetry/api';
import { type Environment, EnvironmentReader, type OnInvalid } from '../environment.ts';
import { InvalidOptionError } from '../errors.ts';
import { environmentVariables, type TelemetryEnvironment } from './telemetry-environment.ts';
import { protection, protects } from './variables/variable-kinds.ts';

export interface ReadEnvironmentOptions {
  /** Throw the first variable that cannot be used, instead of logging it. @defaultValue false */
  readonly strict?: boolean | undefined;
}

/**
 * Reads every variable of {@link environmentVariables}. One that cannot be used is reported through `diag` and
 * counts as not set, as the OpenTelemetry specification asks.
 * @throws {@link InvalidOptionError} with `strict`
 */
export function readTelemetryEnvironment(
  environment: Environment,
  { strict = false }: ReadEnvironmentOptions = {},
): TelemetryEnvironment {
  const onInvalid: OnInvalid = (error) => {
    if (strict) throw error;
    diag.warn(`llm-otel: ${error.message} (${outcomeOf(error.option, environment)})`);
  };
  const reader = new EnvironmentReader(environment, onInvalid);
  const entries = Object.entries(environmentVariables)
    .map(([key, { name, kind }]) => [key, kind.read(reader, name)] as const)
    .filter(([, value]) => value !== undefined);
  // The table's type ties each key to the type of its value.
  const values = Object.fromEntries(entries) as TelemetryEnvironment;
  for (const option of halvesOfPairs(values))
    onInvalid(
      new InvalidOptionError({
        option,
        value: undefined,
        use: 'the client certificate together with its key: one is of no use without the other',
      }),
    );
  return values;
}

/** The variables that lack beside a client certificate without a key, or a key without a certificate. */
function halvesOfPairs(values: TelemetryEnvironment): ReadonlySet<string> {
  const lacking = new Set<string>();
  for (const prefix of ['otlpTraces', 'otlpMetrics', 'otlpLogs'] as const) {
    const ofKey = values[`${prefix}ClientKey`] === undefined ? 'otlp' : prefix;
    const ofCertificate = values[`${prefix}ClientCertificate`] === undefined ? 'otlp' : prefix;
    const hasKey = values[`${ofKey}ClientKey`] !== undefined;
    const hasCertificate = values[`${ofCertificate}ClientCertificate`] !== undefined;
    if (hasKey === hasCertificate) continue;
    const lacks = hasKey
      ? (`${ofKey}ClientCertificate` as const)
      : (`${ofCertificate}ClientKey` as const);
    lacking.add(environmentVariables[lacks].name);
  }
  return lacking;
}

/** What comes of a variable that cannot be used. */
function outcomeOf(option: string, environment: Environment): string {
  const isProtection = Object.values(environmentVariables).some(
    ({ name, kind }) => name === option && kind === protection,
  );
  return isProtection ? `it counts as ${protects(environment[option] ?? '')}` : 'ignored';
}

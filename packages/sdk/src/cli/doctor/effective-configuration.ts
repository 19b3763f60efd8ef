import { resolve } from 'node:path';
import type { Environment } from '@llm-otel/core';
import {
  deploymentEnvironmentOf,
  readVariable,
  serviceResource,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';
import {
  type ConfigurationFile,
  ConfigurationFileError,
  readConfigurationFile,
} from '../../configuration-file/index.ts';
import type { EffectiveSettings } from '../../announce-start.ts';
import { exportPlan, otlpReceivers, type SignalReceiver } from '../../export-plan.ts';
import { presetFor } from '../../presets.ts';
import { readSettings, redactionOff } from './check-environment.ts';
import type { Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { limitFindings } from './limit-findings.ts';
import { type Setting, settingsFromFile, settingsFromVariables } from './settings.ts';

/** What holds for an application that sets nothing in code. */
export interface EffectiveConfiguration {
  /** By the file where there is one, else by the variables. */
  readonly environment: TelemetryEnvironment;
  /** Where signals go by OTLP, spans first. */
  readonly receivers: readonly SignalReceiver[];
  readonly settings: readonly Setting[];
  /** What is wrong with the file. */
  readonly findings: readonly Finding[];
  readonly hasFile: boolean;
  /** What the started telemetry says, with its options in code. It wins. */
  readonly inProcess?: EffectiveSettings | undefined;
}

/** Reads the variables, and the file that one of them names. */
export async function effectiveConfiguration(
  installation: Installation,
  variables: Environment,
): Promise<EffectiveConfiguration> {
  const { settings: environment } = readSettings(variables);
  const { root } = installation;
  const path = readVariable(variables, 'configFile');
  if (path === undefined) {
    const settings = settingsFromVariables(variables);
    try {
      const receivers = receiversOf(environment, installation);
      return { environment, receivers, settings, findings: [], hasFile: false };
    } catch (error) {
      const findings = [invalidAddress(String(error))];
      return { environment, receivers: [], settings, findings, hasFile: false };
    }
  }
  try {
    const file = await readConfigurationFile(resolve(root, path), {}, variables);
    return {
      environment: { ...file.environment, ...disabledBy(file.disabled, environment) },
      receivers: otlpReceivers(file.plan),
      settings: settingsFromFile(file, variables),
      findings: [
        ...file.unsupported.map(notSupported),
        ...redactionFindings(file, environment),
        ...fileLimitFindings(file),
      ],
      hasFile: true,
    };
  } catch (error) {
    const problems = error instanceof ConfigurationFileError ? error.problems : [String(error)];
    return {
      environment: {},
      receivers: [],
      settings: [],
      findings: problems.map(invalid),
      hasFile: true,
    };
  }
}

/** What the application sends where it sets nothing in code: as its start would have it. */
function receiversOf(
  environment: TelemetryEnvironment,
  { resolve: installed }: Installation,
): SignalReceiver[] {
  const preset = presetFor(undefined, deploymentEnvironmentOf(serviceResource(environment)));
  const plan = exportPlan({}, environment, preset);
  // By default metrics are there only with their SDK, and with ours.
  const ours = installed('@llm-otel/sdk');
  const hasMetrics =
    plan.metrics?.asked === true ||
    environment.otlpMetricsEndpoint !== undefined ||
    (ours !== undefined && installed('@opentelemetry/sdk-metrics', ours.folder) !== undefined);
  return otlpReceivers(hasMetrics ? plan : { ...plan, metrics: undefined });
}

function redactionFindings(
  { name, options }: ConfigurationFile,
  { nodeEnvironment }: TelemetryEnvironment,
): Finding[] {
  const named =
    deploymentEnvironmentOf({ attributes: options.resourceAttributes ?? {} }) ?? nodeEnvironment;
  const isProduction =
    options.preset === 'production' || named === 'production' || named === 'prod';
  const { redaction } = options;
  const isOff = redaction === false || redaction?.enabled === false;
  return isOff && isProduction
    ? [redactionOff(`${name} switches redaction off in production`)]
    : [];
}

function fileLimitFindings({ name, environment }: ConfigurationFile): Finding[] {
  return limitFindings(
    {
      name: `attribute_count_limit of ${name}`,
      limit: environment.spanAttributeCountLimit ?? environment.attributeCountLimit,
    },
    {
      name: `attribute_value_length_limit of ${name}`,
      limit:
        environment.spanAttributeValueLengthLimit ??
        environment.logAttributeValueLengthLimit ??
        environment.attributeValueLengthLimit,
    },
  );
}

function disabledBy(
  isDisabled: boolean,
  { sdkDisabled, enabled }: TelemetryEnvironment,
): TelemetryEnvironment {
  return {
    ...(isDisabled || sdkDisabled === true ? { sdkDisabled: true } : {}),
    ...(enabled === undefined ? {} : { enabled }),
  };
}

function invalidAddress(problem: string): Finding {
  return {
    id: 'invalid-variable',
    severity: 'error',
    what: problem.replace(/^\w*Error: /, ''),
    why: 'telemetry does not start: the default would send it to somebody else',
    fix: 'take the user name and the password out, and send them in OTEL_EXPORTER_OTLP_HEADERS: authorization=Basic%20…',
  };
}

function invalid(problem: string): Finding {
  return {
    id: 'configuration-file',
    severity: 'error',
    what: problem,
    why: 'a file with a mistake is not used at all: the application runs without telemetry',
    fix: 'correct it; docs/configuration.md of llm-otel has every key',
  };
}

function notSupported(problem: string): Finding {
  return {
    id: 'configuration-file-unsupported',
    severity: 'warning',
    what: problem,
    why: 'the file asks for something that does not happen; with strict telemetry does not start',
    fix: 'take the key away, or do what the reason says',
  };
}

import type { VariablesOf } from './variable.ts';
import { flag, oneOf, path, someOf, text } from './variable-kinds.ts';

/** Whether there is telemetry at all, what it says about itself, and what it reads from and writes to requests. */
export interface GeneralEnvironment {
  readonly sdkDisabled?: boolean;
  readonly enabled?: boolean;
  readonly configFile?: string;
  readonly logLevel?: LogLevel;
  readonly propagators?: readonly PropagatorName[];
  readonly enabledInstrumentations?: string;
}

export type LogLevel = 'none' | 'error' | 'warn' | 'info' | 'debug' | 'verbose' | 'all';

export type PropagatorName = 'tracecontext' | 'baggage' | 'b3' | 'b3multi' | 'jaeger' | 'none';

export const generalVariables: VariablesOf<GeneralEnvironment> = {
  sdkDisabled: {
    name: 'OTEL_SDK_DISABLED',
    kind: flag,
    source: 'OpenTelemetry',
    effect: 'true: nothing is loaded and nothing recorded, whatever the options say',
  },
  enabled: {
    name: 'OTEL_ENABLED',
    kind: flag,
    source: 'llm-otel',
    effect: 'false: the same as OTEL_SDK_DISABLED=true',
  },
  configFile: {
    name: 'OTEL_CONFIG_FILE',
    kind: path,
    source: 'OpenTelemetry',
    effect:
      'a declarative configuration file, which stands in the place of all other variables but those it names itself; .yaml needs the package yaml, .json none',
  },
  logLevel: {
    name: 'OTEL_LOG_LEVEL',
    kind: oneOf(['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all']),
    source: 'OpenTelemetry',
    effect:
      "what telemetry says about itself on the console; the default leaves an application's own diag logger alone",
  },
  propagators: {
    name: 'OTEL_PROPAGATORS',
    kind: someOf(['tracecontext', 'baggage', 'b3', 'b3multi', 'jaeger', 'none']),
    source: 'OpenTelemetry',
    effect:
      'what is written to and read from the headers of requests; b3 and b3multi need @opentelemetry/propagator-b3',
  },
  enabledInstrumentations: {
    name: 'OTEL_NODE_ENABLED_INSTRUMENTATIONS',
    kind: { ...text, type: 'a list of names: http,pg' },
    source: 'OpenTelemetry JS',
    effect:
      'read by @llm-otel/sdk/register: which packages @opentelemetry/instrumentation-… of the application are switched on, by what follows the hyphen; also beside a configuration file',
  },
};

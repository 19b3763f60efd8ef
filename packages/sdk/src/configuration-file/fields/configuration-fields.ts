import type {
  AttributeLimitsModel,
  ConfigurationModel,
  InstrumentationModel,
  PropagatorChoices,
  PropagatorModel,
} from '../configuration-model.ts';
import {
  choice,
  type Field,
  flag,
  list,
  matching,
  number,
  object,
  required,
  text,
  words,
} from '../field.ts';
import { llmOtel } from './llm-otel-fields.ts';
import { meterProvider } from './metric-fields.ts';
import { loggerProvider, tracerProvider } from './provider-fields.ts';
import { resource } from './resource-fields.ts';

const severities = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((name) =>
  ['', '2', '3', '4'].map((digit) => name + digit),
);

const propagator: Field<PropagatorModel> = object<PropagatorModel>({
  composite: list(
    choice<PropagatorChoices>(
      {
        tracecontext: object({}),
        baggage: object({}),
        b3: object({}),
        b3multi: object({}),
        jaeger: object({}),
      },
      {
        ottrace: 'the specification has deprecated it',
        xray: 'pass one with the option propagator',
      },
    ),
  ),
  composite_list: { ...text, type: 'a list as in OTEL_PROPAGATORS' },
});

/** The whole file: the OpenTelemetry configuration schema 1.0, by what is done with it. */
export const configuration: Field<ConfigurationModel> = object<ConfigurationModel>(
  {
    // Any 1.x: what a later one adds is reported where it stands.
    file_format: required(matching(/^1\.\d+$/, '"1.0", in quotes')),
    disabled: flag,
    log_level: { ...words(...severities), type: 'TRACE, DEBUG, INFO, WARN, ERROR, FATAL' },
    attribute_limits: object<AttributeLimitsModel>({
      attribute_value_length_limit: number('{character}', 0),
      attribute_count_limit: number('{attribute}', 0),
    }),
    resource,
    propagator,
    tracer_provider: tracerProvider,
    meter_provider: meterProvider,
    logger_provider: loggerProvider,
    'instrumentation/development': object<InstrumentationModel>(
      { js: object<NonNullable<InstrumentationModel['js']>>({ llm_otel: llmOtel }) },
      {
        general:
          'it is for instrumentations, which are registered with @opentelemetry/instrumentation',
      },
    ),
  },
  { distribution: 'it is for the distributions of vendors' },
);

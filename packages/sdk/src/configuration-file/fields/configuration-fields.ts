import { nearestName } from '@llm-otel/core';
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
  valueLength,
  words,
} from '../field.ts';
import { llmOtel } from './llm-otel-fields.ts';
import { meterProvider } from './metric-fields.ts';
import { loggerProvider, tracerProvider } from './provider-fields.ts';
import { resource } from './resource-fields.ts';

const severities = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].flatMap((name) =>
  ['', '2', '3', '4'].map((digit) => name + digit),
);

// A file may be shared between services: what is for the others is left alone.
const LANGUAGES: ReadonlySet<string> = new Set([
  'cpp',
  'dotnet',
  'erlang',
  'go',
  'java',
  'php',
  'python',
  'ruby',
  'rust',
  'swift',
]);
const OURS = 'llm_otel';
/** A key of another instrumentation of this language, and not ours misspelt. */
const ofOthers = (key: string): boolean => nearestName(key, [OURS]) === undefined;

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

const anyFormat = matching(/^1\.\d+$/, '"1.0", in quotes');
const NEWEST_MINOR = 1;

/** Any 1.x: what a later one adds is reported where it stands, and that it is later. */
const fileFormat: Field<string> = {
  ...anyFormat,
  read: (node) => {
    const format = anyFormat.read(node);
    if (format !== undefined && Number(format.slice('1.'.length)) > NEWEST_MINOR)
      node.problems.newer(node.path, format, `1.${NEWEST_MINOR}`);
    return format;
  },
};

/** The whole file: the OpenTelemetry configuration schema 1.0 and 1.1, by what is done with it. */
export const configuration: Field<ConfigurationModel> = object<ConfigurationModel>(
  {
    file_format: required(fileFormat),
    disabled: flag,
    log_level: { ...words(...severities), type: 'trace, debug, info, warn, error, fatal' },
    attribute_limits: object<AttributeLimitsModel>({
      attribute_value_length_limit: valueLength,
      attribute_count_limit: number('{attribute}', 0),
    }),
    resource,
    propagator,
    tracer_provider: tracerProvider,
    meter_provider: meterProvider,
    logger_provider: loggerProvider,
    'instrumentation/development': object<InstrumentationModel>(
      { js: object<NonNullable<InstrumentationModel['js']>>({ llm_otel: llmOtel }, {}, ofOthers) },
      {
        general:
          'it is for instrumentations, which are registered with @opentelemetry/instrumentation',
      },
      (key) => LANGUAGES.has(key),
    ),
  },
  { distribution: 'it is for the distributions of vendors' },
);

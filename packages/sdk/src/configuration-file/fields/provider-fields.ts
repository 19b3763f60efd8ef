import type {
  AttributeLimitsModel,
  IdGeneratorChoices,
  LoggerProviderModel,
  SpanLimitsModel,
  TracerProviderModel,
} from '../configuration-model.ts';
import { choice, type Field, number, object, valueLength } from '../field.ts';
import { processors } from './exporter-fields.ts';
import { sampler } from './sampler-fields.ts';

export const tracerProvider: Field<TracerProviderModel> = object<TracerProviderModel>(
  {
    processors: processors('{span}', {
      exporters: {
        zipkin: 'it is deprecated: send OTLP to a Collector with a zipkin exporter',
      },
    }),
    limits: object<SpanLimitsModel>({
      attribute_value_length_limit: valueLength,
      attribute_count_limit: number('{attribute}', 0),
      event_count_limit: number('{event}', 0),
      link_count_limit: number('{link}', 0),
      event_attribute_count_limit: number('{attribute}', 0),
      link_attribute_count_limit: number('{attribute}', 0),
    }),
    sampler,
    id_generator: choice<IdGeneratorChoices>({ random: object({}) }),
  },
  { 'tracer_configurator/development': 'the SDK cannot switch single tracers off' },
);

export const loggerProvider: Field<LoggerProviderModel> = object<LoggerProviderModel>(
  {
    processors: processors('{log_record}', {
      processors: {
        'event_to_span_event_bridge/development': 'what is emitted as an event stays a log record',
      },
    }),
    limits: object<AttributeLimitsModel>({
      attribute_value_length_limit: valueLength,
      attribute_count_limit: number('{attribute}', 0),
    }),
  },
  { 'logger_configurator/development': 'the SDK cannot switch single loggers off' },
);

import type {
  BatchModel,
  ExporterChoices,
  ExporterModel,
  OtlpGrpcModel,
  OtlpHttpModel,
  ProcessorChoices,
  TlsModel,
} from '../configuration-model.ts';
import {
  choice,
  type Field,
  type FieldsOf,
  list,
  millis,
  matching,
  number,
  object,
  pairs,
  required,
  text,
  url,
  type Unsupported,
  words,
} from '../field.ts';

const tls: FieldsOf<TlsModel> = { ca_file: text, key_file: text, cert_file: text };

const headers = {
  headers: list(object({ name: required(text), value: text })),
  headers_list: pairs,
};

const http: FieldsOf<OtlpHttpModel> = {
  endpoint: { ...url, type: 'an http or https URL with the path of the signal' },
  tls: object(tls),
  ...headers,
  compression: words('none', 'gzip', 'zstd'),
  timeout: millis,
  encoding: words('protobuf', 'json'),
};

const grpc: FieldsOf<OtlpGrpcModel> = {
  endpoint: url,
  tls: object(tls, { insecure: 'the endpoint says it, with http:// or https://' }),
  ...headers,
  compression: words('none', 'gzip'),
  timeout: millis,
};

const stream = {
  output_stream: matching(/^(?:stdout|file:\/\/\/.+)$/, 'stdout, or file:// and an absolute path'),
};

/** The exporters of a signal, each with `more` keys. */
export function exporterChoices<More extends object>(
  more: FieldsOf<More>,
): FieldsOf<{ [K in keyof ExporterChoices]: ExporterChoices[K] & More }> {
  // An intersection's fields are those of both.
  const fields = {
    otlp_http: object({ ...http, ...more }),
    otlp_grpc: object({ ...grpc, ...more }),
    'otlp_file/development': object({ ...stream, ...more }),
    console: object({ ...more }),
  };
  return fields as unknown as FieldsOf<{ [K in keyof ExporterChoices]: ExporterChoices[K] & More }>;
}

function processor(
  exporter: Field<ExporterModel>,
  unit: string,
  not?: Unsupported,
): Field<ProcessorOf> {
  const batch: FieldsOf<BatchModel> = {
    schedule_delay: millis,
    export_timeout: millis,
    max_queue_size: number(unit, 1),
    max_export_batch_size: number(unit, 1),
    exporter: required(exporter),
  };
  return choice<ProcessorChoices>(
    { batch: object(batch), simple: object({ exporter: required(exporter) }) },
    not,
  );
}

type ProcessorOf = ReturnType<typeof choice<ProcessorChoices>> extends Field<infer T> ? T : never;

/** The processors of spans or log records, with the exporters and the processors that are not supported. */
export function processors(
  unit: string,
  not: { readonly exporters?: Unsupported; readonly processors?: Unsupported },
): Field<readonly ProcessorOf[]> {
  const exporter = choice<ExporterChoices>(exporterChoices({}), not.exporters);
  return required(list(processor(exporter, unit, not.processors)));
}

// OTLP requests in the shape of OTLP/JSON: names in lower camel case, ids as hexadecimal digits, numbers of 64 bits as
// decimal strings, enums as numbers, bytes as base64. A field that is absent has its default, as in protobuf.

export interface OtlpKeyValue {
  readonly key?: string;
  readonly value?: OtlpAnyValue;
}

export interface OtlpAnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number | 'NaN' | 'Infinity' | '-Infinity';
  readonly arrayValue?: { readonly values?: readonly OtlpAnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly OtlpKeyValue[] };
  /** Base64. */
  readonly bytesValue?: string;
}

export interface OtlpResource {
  readonly attributes?: readonly OtlpKeyValue[];
  readonly droppedAttributesCount?: number;
}

export interface OtlpScope extends OtlpResource {
  readonly name?: string;
  readonly version?: string;
}

/** A member of a request by resource: `scopeSpans`, `scopeMetrics` or `scopeLogs`, after its signal. */
export interface OtlpByResource {
  readonly resource?: OtlpResource;
  readonly schemaUrl?: string;
  readonly scopeSpans?: readonly OtlpByScope[];
  readonly scopeMetrics?: readonly OtlpByScope[];
  readonly scopeLogs?: readonly OtlpByScope[];
}

export interface OtlpByScope {
  readonly scope?: OtlpScope;
  readonly schemaUrl?: string;
  readonly spans?: readonly OtlpItem[];
  readonly metrics?: readonly OtlpItem[];
  readonly logRecords?: readonly OtlpItem[];
}

/** A span, metric or log record: the fields of its message in the OTLP specification. */
export type OtlpItem = Readonly<Record<string, unknown>>;

export interface OtlpRequest {
  readonly resourceSpans?: readonly OtlpByResource[];
  readonly resourceMetrics?: readonly OtlpByResource[];
  readonly resourceLogs?: readonly OtlpByResource[];
}

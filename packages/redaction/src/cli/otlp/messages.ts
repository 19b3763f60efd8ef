/** How a field is written: a message by name, or a scalar. `hex` is bytes that JSON writes in hex. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly repeated: boolean;
}

/** Fields of a message by number. */
export type Message = ReadonlyMap<number, Field>;

/** `1 name type`, with `*` behind the type of a repeated field. From opentelemetry-proto 1.9. */
const table: Readonly<Record<string, string>> = {
  TraceRequest: '1 resourceSpans ResourceSpans*',
  ResourceSpans: '1 resource Resource,2 scopeSpans ScopeSpans*,3 schemaUrl string',
  ScopeSpans: '1 scope Scope,2 spans Span*,3 schemaUrl string',
  Span: '1 traceId hex,2 spanId hex,3 traceState string,4 parentSpanId hex,5 name string,6 kind varint,7 startTimeUnixNano fixed64,8 endTimeUnixNano fixed64,9 attributes KeyValue*,10 droppedAttributesCount varint,11 events Event*,12 droppedEventsCount varint,13 links Link*,14 droppedLinksCount varint,15 status Status,16 flags fixed32',
  Event:
    '1 timeUnixNano fixed64,2 name string,3 attributes KeyValue*,4 droppedAttributesCount varint',
  Link: '1 traceId hex,2 spanId hex,3 traceState string,4 attributes KeyValue*,5 droppedAttributesCount varint,6 flags fixed32',
  Status: '2 message string,3 code varint',
  LogsRequest: '1 resourceLogs ResourceLogs*',
  ResourceLogs: '1 resource Resource,2 scopeLogs ScopeLogs*,3 schemaUrl string',
  ScopeLogs: '1 scope Scope,2 logRecords LogRecord*,3 schemaUrl string',
  LogRecord:
    '1 timeUnixNano fixed64,2 severityNumber varint,3 severityText string,5 body AnyValue,6 attributes KeyValue*,7 droppedAttributesCount varint,8 flags fixed32,9 traceId hex,10 spanId hex,11 observedTimeUnixNano fixed64,12 eventName string',
  MetricsRequest: '1 resourceMetrics ResourceMetrics*',
  ResourceMetrics: '1 resource Resource,2 scopeMetrics ScopeMetrics*,3 schemaUrl string',
  ScopeMetrics: '1 scope Scope,2 metrics Metric*,3 schemaUrl string',
  Metric:
    '1 name string,2 description string,3 unit string,5 gauge Gauge,7 sum Sum,9 histogram Histogram,10 exponentialHistogram ExponentialHistogram,11 summary Summary,12 metadata KeyValue*',
  Gauge: '1 dataPoints NumberPoint*',
  Sum: '1 dataPoints NumberPoint*,2 aggregationTemporality varint,3 isMonotonic bool',
  Histogram: '1 dataPoints HistogramPoint*,2 aggregationTemporality varint',
  ExponentialHistogram: '1 dataPoints ExponentialPoint*,2 aggregationTemporality varint',
  Summary: '1 dataPoints SummaryPoint*',
  NumberPoint:
    '2 startTimeUnixNano fixed64,3 timeUnixNano fixed64,4 asDouble double,5 exemplars Exemplar*,6 asInt fixed64,7 attributes KeyValue*,8 flags varint',
  HistogramPoint:
    '2 startTimeUnixNano fixed64,3 timeUnixNano fixed64,4 count fixed64,5 sum double,6 bucketCounts fixed64*,7 explicitBounds double*,8 exemplars Exemplar*,9 attributes KeyValue*,10 flags varint,11 min double,12 max double',
  ExponentialPoint:
    '1 attributes KeyValue*,2 startTimeUnixNano fixed64,3 timeUnixNano fixed64,4 count fixed64,5 sum double,6 scale varint,7 zeroCount fixed64,8 positive Buckets,9 negative Buckets,10 flags varint,11 exemplars Exemplar*,12 min double,13 max double,14 zeroThreshold double',
  Buckets: '1 offset varint,2 bucketCounts varint*',
  SummaryPoint:
    '2 startTimeUnixNano fixed64,3 timeUnixNano fixed64,4 count fixed64,5 sum double,6 quantileValues Quantile*,7 attributes KeyValue*,8 flags varint',
  Quantile: '1 quantile double,2 value double',
  Exemplar:
    '2 timeUnixNano fixed64,3 asDouble double,4 spanId hex,5 traceId hex,6 asInt fixed64,7 filteredAttributes KeyValue*',
  Resource: '1 attributes KeyValue*,2 droppedAttributesCount varint,3 entityRefs EntityRef*',
  EntityRef: '1 schemaUrl string,2 type string,3 idKeys string*,4 descriptionKeys string*',
  Scope: '1 name string,2 version string,3 attributes KeyValue*,4 droppedAttributesCount varint',
  KeyValue: '1 key string,2 value AnyValue',
  AnyValue:
    '1 stringValue string,2 boolValue bool,3 intValue varint,4 doubleValue double,5 arrayValue ArrayValue,6 kvlistValue KeyValueList,7 bytesValue bytes',
  ArrayValue: '1 values AnyValue*',
  KeyValueList: '1 values KeyValue*',
};

/** The messages of OTLP. */
export function otlpMessages(): ReadonlyMap<string, Message> {
  return new Map(
    Object.entries(table).map(([message, fields]) => [
      message,
      new Map(
        fields.split(',').map((field) => {
          const [number, name, type] = field.split(' ') as [string, string, string];
          const repeated = type.endsWith('*');
          return [Number(number), { name, type: type.replace('*', ''), repeated }];
        }),
      ),
    ]),
  );
}

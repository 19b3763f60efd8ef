import type {
  DataPoint,
  ExponentialBuckets,
  ExponentialHistogram,
  Histogram,
  Metric,
  ResourceMetrics,
} from '../metrics/metric-types.ts';
import { AttributeWriter } from './attribute-writer.ts';
import { ProtobufWriter, type ProtobufWriterOptions } from './protobuf-writer.ts';
import { writeResource, writeSchemaUrl, writeScope } from './resource-and-scope.ts';

const HISTOGRAM = 0;
const EXPONENTIAL_HISTOGRAM = 1;
const GAUGE = 2;
const SUM = 3;
// Tags, numbers and times of one data point.
const POINT_ROOM = 160;

/**
 * Writes collected metrics as an OTLP ExportMetricsServiceRequest, byte for byte as OpenTelemetry's own
 * serializer does. The JavaScript SDK collects no exemplars, so none are written.
 */
export class MetricsEncoder {
  readonly #writer: ProtobufWriter;
  readonly #attributes: AttributeWriter;

  constructor(options?: ProtobufWriterOptions) {
    this.#writer = new ProtobufWriter(options);
    this.#attributes = new AttributeWriter(this.#writer);
  }

  /** The request for `metrics`, in memory of its own. Throws what reading an attribute throws. */
  encodeCopy(metrics: ResourceMetrics): Uint8Array {
    const writer = this.#writer;
    writer.restart();
    writer.room(16);
    writer.byte(0x0a);
    const resourceMetrics = writer.open(4);
    writeResource(writer, this.#attributes, metrics.resource);
    for (const { scope, metrics: members } of metrics.scopeMetrics) {
      writer.room(16);
      writer.byte(0x12);
      const scopeMetrics = writer.open(3);
      writeScope(writer, this.#attributes, scope);
      for (const metric of members) this.#metric(metric);
      writeSchemaUrl(writer, scope.schemaUrl);
      writer.close(scopeMetrics, 3);
    }
    writeSchemaUrl(writer, metrics.resource.schemaUrl);
    writer.close(resourceMetrics, 4);
    return writer.copy();
  }

  #metric(metric: Metric): void {
    const writer = this.#writer;
    const { name, description, unit } = metric.descriptor;
    writer.room(16);
    writer.byte(0x12);
    const start = writer.open(2);
    writer.byte(0x0a);
    writer.lengthAndText(name);
    this.#text(0x12, description);
    this.#text(0x1a, unit);
    writer.room(16);
    switch (metric.dataPointType) {
      case GAUGE:
        writer.byte(0x2a);
        break;
      case HISTOGRAM:
        writer.byte(0x4a);
        break;
      case EXPONENTIAL_HISTOGRAM:
        writer.byte(0x52);
        break;
      default:
        writer.byte(0x3a);
    }
    const data = writer.open(2);
    this.#points(metric);
    writer.close(data, 2);
    writer.close(start, 2);
  }

  #points(metric: Metric): void {
    const writer = this.#writer;
    switch (metric.dataPointType) {
      case HISTOGRAM:
        for (const point of metric.dataPoints) this.#histogram(point);
        break;
      case EXPONENTIAL_HISTOGRAM:
        for (const point of metric.dataPoints) this.#exponentialHistogram(point);
        break;
      default:
        for (const point of metric.dataPoints)
          this.#number(point, metric.descriptor.valueType === 0);
    }
    if (metric.dataPointType === GAUGE) return;
    writer.room(16);
    writer.byte(0x10); // aggregation_temporality, from 1 on
    writer.varint(metric.aggregationTemporality + 1);
    if (metric.dataPointType === SUM && metric.isMonotonic) {
      writer.byte(0x18);
      writer.byte(1);
    }
  }

  #number(point: DataPoint<number>, isInteger: boolean): void {
    const writer = this.#writer;
    const start = this.#openPoint();
    this.#times(point);
    if (isInteger) {
      writer.byte(0x31);
      writer.fixed64(point.value);
    } else {
      writer.byte(0x21);
      writer.double(point.value);
    }
    this.#attributes.attributes(point.attributes, 0x3a);
    writer.close(start, 1);
  }

  #histogram(point: DataPoint<Histogram>): void {
    const writer = this.#writer;
    const { buckets, count, sum, min, max } = point.value;
    const start = this.#openPoint();
    this.#times(point);
    writer.byte(0x21);
    writer.fixed64(count);
    this.#double(0x29, sum);
    this.#packed(0x32, buckets.counts, 8, (value) => writer.fixed64(value));
    this.#packed(0x3a, buckets.boundaries, 8, (value) => writer.double(value));
    this.#attributes.attributes(point.attributes, 0x4a);
    this.#double(0x59, min);
    this.#double(0x61, max);
    writer.close(start, 1);
  }

  #exponentialHistogram(point: DataPoint<ExponentialHistogram>): void {
    const writer = this.#writer;
    const { count, sum, scale, zeroCount, positive, negative, min, max } = point.value;
    const start = this.#openPoint();
    this.#attributes.attributes(point.attributes, 0x0a);
    writer.room(POINT_ROOM);
    this.#times(point);
    writer.byte(0x21);
    writer.fixed64(count);
    this.#double(0x29, sum);
    if (scale !== 0) {
      writer.byte(0x30);
      writer.zigzag(scale);
    }
    writer.byte(0x39);
    writer.fixed64(zeroCount);
    this.#buckets(0x42, positive);
    this.#buckets(0x4a, negative);
    this.#double(0x61, min);
    this.#double(0x69, max);
    writer.close(start, 1);
  }

  #buckets(tag: number, { offset, bucketCounts }: ExponentialBuckets): void {
    const writer = this.#writer;
    writer.room(POINT_ROOM);
    writer.byte(tag);
    const start = writer.open(1);
    if (offset !== 0) {
      writer.byte(0x08);
      writer.zigzag(offset);
    }
    this.#packed(0x12, bucketCounts, 10, (value) => writer.varint64(value));
    writer.close(start, 1);
  }

  #openPoint(): number {
    const writer = this.#writer;
    writer.room(POINT_ROOM);
    writer.byte(0x0a);
    return writer.open(1);
  }

  #times(point: DataPoint<unknown>): void {
    const writer = this.#writer;
    writer.byte(0x11);
    writer.time(point.startTime);
    writer.byte(0x19);
    writer.time(point.endTime);
  }

  #double(tag: number, value: number | undefined): void {
    if (value === undefined) return;
    const writer = this.#writer;
    writer.room(16);
    writer.byte(tag);
    writer.double(value);
  }

  #text(tag: number, text: string): void {
    if (!text) return;
    const writer = this.#writer;
    writer.room(8);
    writer.byte(tag);
    writer.lengthAndText(text);
  }

  #packed(
    tag: number,
    values: readonly number[],
    largest: number,
    write: (value: number) => void,
  ): void {
    if (values.length === 0) return;
    const writer = this.#writer;
    writer.room(values.length * largest + 16);
    writer.byte(tag);
    const start = writer.open(1);
    for (const value of values) write(value);
    writer.close(start, 1);
    writer.room(POINT_ROOM);
  }
}

/** `traceId` and `spanId` are `bytes` of a fixed length, kept as lower-case hex. */
export type ScalarType =
  | 'string'
  | 'bytes'
  | 'traceId'
  | 'spanId'
  | 'bool'
  | 'enum'
  | 'uint32'
  | 'sint32'
  | 'fixed32'
  | 'int64'
  | 'uint64'
  | 'fixed64'
  | 'sfixed64'
  | 'double';

export interface Field {
  /** The name in OTLP/JSON: lower camel case. */
  readonly name: string;
  /** A function where the field holds a message: messages may contain themselves. */
  readonly type: ScalarType | (() => MessageTable);
  readonly repeated?: boolean;
  /** Absent is an error. For ids also: empty or only zeros. */
  readonly required?: boolean;
  /** At most one field of the same group may be there. */
  readonly oneof?: string;
}

/** A protobuf message: its fields by number. */
export interface MessageTable {
  readonly name: string;
  readonly fields: Readonly<Record<number, Field>>;
}

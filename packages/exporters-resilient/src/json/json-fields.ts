/**
 * How a field of OTLP is written in JSON. `id` are bytes as hexadecimal digits, `bytes` are base64. Numbers of 64 bits
 * are strings, enums are numbers.
 */
export type JsonKind =
  | 'text'
  | 'bytes'
  | 'id'
  | 'bool'
  | 'uint32'
  | 'sint32'
  | 'fixed32'
  | 'int64'
  | 'uint64'
  | 'fixed64'
  | 'sfixed64'
  | 'double';

export interface JsonField {
  readonly name: string;
  /** The name with quotes and colon, as it stands in the output, in ASCII. */
  readonly key: Uint8Array;
  readonly kind: JsonKind | 'message';
  readonly repeated: boolean;
  /** A function: messages hold themselves. */
  readonly message: () => JsonMessage;
}

/** The fields of a message by number. */
export type JsonMessage = readonly (JsonField | undefined)[];

type Definition = readonly [number, name: string, JsonKind | (() => JsonMessage), repeated?: true];

/** A message of these fields. */
export function message(...definitions: readonly Definition[]): JsonMessage {
  const fields: (JsonField | undefined)[] = [];
  for (const [number, name, type, repeated = false] of definitions)
    fields[number] = {
      name,
      key: new TextEncoder().encode(`${JSON.stringify(name)}:`),
      kind: typeof type === 'function' ? 'message' : type,
      message: typeof type === 'function' ? type : () => NO_FIELDS,
      repeated,
    };
  // Without holes, so that a look-up stays one.
  return Array.from(fields);
}

const NO_FIELDS: JsonMessage = [];

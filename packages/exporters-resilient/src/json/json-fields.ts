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
  /** The name with quotes and colon, as it stands in the output, in words of four bytes. The last one may be padded. */
  readonly key: Int32Array;
  /** Bytes without the padding. */
  readonly keyLength: number;
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
      ...keyOf(name),
      kind: typeof type === 'function' ? 'message' : type,
      message: typeof type === 'function' ? type : () => NO_FIELDS,
      repeated,
    };
  // Without holes, so that a look-up stays one.
  return Array.from(fields);
}

function keyOf(name: string): Pick<JsonField, 'key' | 'keyLength'> {
  const text = `${JSON.stringify(name)}:`;
  const padded = new TextEncoder().encode(text.padEnd((text.length + 3) & ~3));
  const view = new DataView(padded.buffer);
  const key = Int32Array.from({ length: padded.length / 4 }, (_, i) => view.getInt32(i * 4, true));
  return { key, keyLength: text.length };
}

const NO_FIELDS: JsonMessage = [];

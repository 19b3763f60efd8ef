import { DecodeError } from './decode-error.ts';
import { Message, type FieldValue } from './message.ts';
import type { Field, MessageTable, ScalarType } from './message-table.ts';
import {
  WIRE_BYTES,
  WIRE_FIXED32,
  WIRE_FIXED64,
  WIRE_VARINT,
  type WireReader,
} from './wire-reader.ts';

/** Deepest nesting accepted: an attribute inside an attribute inside … protobuf's own readers stop there too. */
export const MAX_DEPTH = 100;

/** Hears of every field that the table does not have, as `Span#99`. */
export type OnUnknownField = (field: string) => void;

const wireTypes: Readonly<Record<ScalarType, number>> = {
  string: WIRE_BYTES,
  bytes: WIRE_BYTES,
  traceId: WIRE_BYTES,
  spanId: WIRE_BYTES,
  bool: WIRE_VARINT,
  enum: WIRE_VARINT,
  uint32: WIRE_VARINT,
  sint32: WIRE_VARINT,
  int64: WIRE_VARINT,
  uint64: WIRE_VARINT,
  fixed32: WIRE_FIXED32,
  fixed64: WIRE_FIXED64,
  sfixed64: WIRE_FIXED64,
  double: WIRE_FIXED64,
};

/** Reads one message to the end of `reader`. Throws {@link DecodeError} for bytes that do not fit `table`. */
export function readMessage(
  reader: WireReader,
  table: MessageTable,
  onUnknownField: OnUnknownField,
  depth: number = 0,
): Message {
  if (depth > MAX_DEPTH) throw reader.error(`${table.name} nested deeper than ${MAX_DEPTH}`);
  const message = new Message(table);
  while (!reader.done) {
    const { field: number, wireType } = reader.tag();
    const field = table.fields[number];
    if (field === undefined) {
      onUnknownField(`${table.name}#${number}`);
      reader.skip(wireType);
      continue;
    }
    try {
      readField(reader, wireType, field, message, onUnknownField, depth);
    } catch (error) {
      // Only the innermost message knows where it broke; its name is already in the text.
      if (error instanceof DecodeError && error.message.startsWith('at byte'))
        throw new DecodeError(`${table.name}.${field.name} ${error.message}`);
      throw error;
    }
  }
  return message.complete();
}

function readField(
  reader: WireReader,
  wireType: number,
  field: Field,
  message: Message,
  onUnknownField: OnUnknownField,
  depth: number,
): void {
  const { type } = field;
  if (typeof type === 'function') {
    if (wireType !== WIRE_BYTES) throw reader.error(`wire type ${wireType} for a message`);
    message.add(field, readMessage(reader.message(), type(), onUnknownField, depth + 1));
    return;
  }
  const expected = wireTypes[type];
  if (wireType === expected) {
    message.add(field, readScalar(reader, type, field));
  } else if (field.repeated && wireType === WIRE_BYTES) {
    const packed = reader.message();
    while (!packed.done) message.add(field, readScalar(packed, type, field));
  } else {
    throw reader.error(`wire type ${wireType} for a ${type}, which has ${expected}`);
  }
}

function readScalar(reader: WireReader, type: ScalarType, field: Field): FieldValue {
  switch (type) {
    case 'string':
      return reader.string();
    case 'bytes':
      return reader.bytes();
    case 'traceId':
      return readId(reader, 16, field);
    case 'spanId':
      return readId(reader, 8, field);
    case 'bool':
      return limited(reader, 1n) === 1;
    case 'enum':
      // An enum is an int32 that is never negative in OTLP.
      return limited(reader, 0x7fff_ffffn);
    case 'uint32':
      return limited(reader, 0xffff_ffffn);
    case 'sint32': {
      const zigzag = limited(reader, 0xffff_ffffn);
      return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    }
    case 'int64':
      return BigInt.asIntN(64, reader.varint());
    case 'uint64':
      return reader.varint();
    case 'fixed32':
      return reader.fixed32();
    case 'fixed64':
      return reader.fixed64();
    case 'sfixed64':
      return BigInt.asIntN(64, reader.fixed64());
    default:
      return reader.double();
  }
}

function limited(reader: WireReader, max: bigint): number {
  const value = reader.varint();
  if (value > max) throw reader.error(`${value} where at most ${max} fits`);
  return Number(value);
}

function readId(reader: WireReader, length: number, field: Field): string {
  const at = reader.position;
  const bytes = reader.bytes();
  if (bytes.length === 0 && !field.required) return '';
  if (bytes.length !== length)
    throw new DecodeError(`at byte ${at}: an id of ${bytes.length} bytes instead of ${length}`);
  const hex = Buffer.from(bytes).toString('hex');
  if (/^0+$/.test(hex)) throw new DecodeError(`at byte ${at}: an id of only zeros`);
  return hex;
}

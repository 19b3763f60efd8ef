/** A field of a protobuf message as it stands in the bytes. */
export interface Field {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 length and content, 5 four bytes. */
  readonly wireType: number;
  /** Where the tag starts. */
  readonly start: number;
  /** Where the content starts: behind the tag, and behind the length where there is one. */
  readonly from: number;
  /** Where the field ends. */
  readonly to: number;
}

/** The fields of the message that `bytes` holds between `from` and `to`. Throws a RangeError when it is none. */
export function* fieldsOf(
  bytes: Uint8Array,
  from: number = 0,
  to: number = bytes.length,
): Generator<Field> {
  let position = from;
  while (position < to) {
    const start = position;
    const tag = readVarint(bytes, position, to);
    const wireType = tag.value & 7;
    let content = tag.next;
    let end: number;
    if (wireType === 2) {
      const length = readVarint(bytes, content, to);
      content = length.next;
      end = content + length.value;
    } else if (wireType === 0) end = readVarint(bytes, content, to).next;
    else if (wireType === 1) end = content + 8;
    else if (wireType === 5) end = content + 4;
    else throw new RangeError(`wire type ${wireType} is not known`);
    if (end > to) throw new RangeError('a field is longer than its message');
    yield { number: Math.floor(tag.value / 8), wireType, start, from: content, to: end };
    position = end;
  }
}

/** A varint as a number: exact up to 2^53, beyond that (and for negative numbers) only about right. */
export function readVarint(
  bytes: Uint8Array,
  from: number,
  to: number,
): { readonly value: number; readonly next: number } {
  let value = 0;
  let scale = 1;
  for (let position = from; position < to && position < from + 10; position++) {
    const byte = bytes[position]!;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, next: position + 1 };
    scale *= 128;
  }
  throw new RangeError('a number does not end');
}

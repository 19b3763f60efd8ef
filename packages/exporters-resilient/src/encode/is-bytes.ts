/** Whether a value is bytes; also those of another realm, which are no instances of what is called so here. */
export function isBytes(value: object): value is Uint8Array {
  return (
    value instanceof Uint8Array ||
    (ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === 'Uint8Array')
  );
}

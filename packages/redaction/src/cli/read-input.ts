/**
 * A stream of bytes, to its end.
 * @throws when there are more than `maxBytes` of them
 */
export async function readInput(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > maxBytes) throw new Error(`it has more than the ${maxBytes} bytes of --max-bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

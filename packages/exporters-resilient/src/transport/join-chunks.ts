/** The chunks of a body in one piece, cut after `maxBytes`. */
export function joinChunks(chunks: readonly Uint8Array[], maxBytes: number): Uint8Array {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const body = new Uint8Array(Math.min(size, maxBytes));
  let position = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, body.length - position);
    body.set(part, position);
    position += part.length;
  }
  return body;
}

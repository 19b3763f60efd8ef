/** How the chunks of Claude and Nova begin that hold a piece of text and nothing else. */
const STARTS = ['{"type":"content_block_delta"', '{"contentBlockDelta"'];

/** Told from the first bytes of a chunk, so that it need not even be decoded. */
export function isPieceOfText(bytes: unknown): boolean {
  return (
    ArrayBuffer.isView(bytes) && STARTS.some((start) => startsWith(bytes as Uint8Array, start))
  );
}

function startsWith(bytes: Uint8Array, start: string): boolean {
  for (let at = 0; at < start.length; at++) if (bytes[at] !== start.charCodeAt(at)) return false;
  return true;
}

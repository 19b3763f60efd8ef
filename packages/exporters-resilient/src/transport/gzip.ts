/**
 * gzip with what most platforms have. Its level is the platform's own, 6 on Node.js. Undefined where there is nothing, as
 * in the edge runtime of Next.js.
 */
export async function gzipPortably(body: Uint8Array): Promise<Uint8Array | undefined> {
  if (typeof CompressionStream === 'undefined') return undefined;
  const packed = new Blob([body as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

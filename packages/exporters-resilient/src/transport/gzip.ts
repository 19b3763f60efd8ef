/** gzip with what most platforms have. Its level is the platform's own, 6 on Node.js. Undefined where there is nothing. */
export async function gzipPortably(body: Uint8Array): Promise<Uint8Array | undefined> {
  const gzip = newGzip();
  if (gzip === undefined) return undefined;
  const packed = new Blob([body as Uint8Array<ArrayBuffer>]).stream().pipeThrough(gzip);
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Some platforms do not have it; in the edge runtime of Next.js it is there and throws. */
function newGzip(): CompressionStream | undefined {
  try {
    return new CompressionStream('gzip');
  } catch {
    return undefined;
  }
}

/** gzip with what every platform has. Its level is the platform's own, 6 on Node.js. */
export async function gzipPortably(body: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([body as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

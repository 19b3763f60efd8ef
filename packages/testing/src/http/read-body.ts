import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate, zstdDecompress } from 'node:zlib';

/** A request that cannot be taken: `status` is the HTTP status to answer with. */
export class RefusedRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RefusedRequest';
    this.status = status;
  }
}

/** The whole body as it came over the wire. Rejects when the client goes away before its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const decompressors = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  zstd: promisify(zstdDecompress),
};

/**
 * Undoes `Content-Encoding`.
 * @throws RefusedRequest 415 for an unknown one, 400 for broken data, 413 above `maxBytes`
 */
export async function decompress(
  body: Buffer,
  contentEncoding: string,
  maxBytes: number,
): Promise<Uint8Array> {
  if (body.length > maxBytes) throw tooLarge(maxBytes);
  if (contentEncoding === 'identity') return body;
  if (!Object.hasOwn(decompressors, contentEncoding))
    throw new RefusedRequest(415, `content encoding ${contentEncoding} is not supported`);
  try {
    return await decompressors[contentEncoding as keyof typeof decompressors](body, {
      maxOutputLength: maxBytes,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new RefusedRequest(400, `broken ${contentEncoding} data: ${(error as Error).message}`);
  }
}

function tooLarge(maxBytes: number): RefusedRequest {
  return new RefusedRequest(413, `body above ${maxBytes} bytes`);
}

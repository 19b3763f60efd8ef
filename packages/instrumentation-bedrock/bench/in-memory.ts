import { Readable } from 'node:stream';

export const options = {
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:1',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  maxAttempts: 1,
};

/** Options of a client that always gets the same answer, without a network. */
export function answering(body: string | Uint8Array, type: string): object {
  const handle = (): Promise<object> =>
    Promise.resolve({
      response: {
        statusCode: 200,
        headers: { 'content-type': type },
        body: Readable.from([Buffer.from(body)], { objectMode: false }),
      },
    });
  return { ...options, requestHandler: { handle } };
}

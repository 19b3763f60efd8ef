import { once } from 'node:events';
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** A gRPC server that answers its first calls with RESOURCE_EXHAUSTED, and takes everything afterwards. */
export interface ThrottlingServer extends AsyncDisposable {
  /** `host:port`, as a Collector's exporter wants it. */
  readonly endpoint: string;
  readonly refused: number;
  readonly taken: number;
}

const OK = 0;
const RESOURCE_EXHAUSTED = 8;
// An empty message, in gRPC's frame of five bytes.
const EMPTY_MESSAGE = Buffer.alloc(5);

/** @param delaySeconds - what its RetryInfo asks for; a whole number below 128 */
export async function startThrottlingServer(
  times: number,
  delaySeconds: number,
): Promise<ThrottlingServer> {
  let refused = 0;
  let taken = 0;
  const server = createServer();
  server.on('stream', (stream: ServerHttp2Stream) => {
    const refuse = refused < times;
    stream.on('error', () => undefined);
    stream.resume();
    stream.once('end', () => {
      if (refuse) refused++;
      else taken++;
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc' },
        { waitForTrailers: true },
      );
      stream.once('wantTrailers', () => stream.sendTrailers(trailers(refuse, delaySeconds)));
      stream.end(refuse ? undefined : EMPTY_MESSAGE);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get refused() {
      return refused;
    },
    get taken() {
      return taken;
    },
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}

function trailers(refuse: boolean, delaySeconds: number): Record<string, string | number> {
  if (!refuse) return { 'grpc-status': OK };
  const details = statusWithRetryInfo(delaySeconds).toString('base64').replace(/=+$/, '');
  return {
    'grpc-status': RESOURCE_EXHAUSTED,
    'grpc-message': 'slow down',
    'grpc-status-details-bin': details,
  };
}

/** `google.rpc.Status` with a `google.rpc.RetryInfo` as its only detail. */
function statusWithRetryInfo(delaySeconds: number): Buffer {
  const duration = field(1, 0, Buffer.from([delaySeconds]));
  const retryInfo = bytesField(1, duration);
  const any = Buffer.concat([
    bytesField(1, Buffer.from('type.googleapis.com/google.rpc.RetryInfo')),
    bytesField(2, retryInfo),
  ]);
  return Buffer.concat([
    field(1, 0, Buffer.from([RESOURCE_EXHAUSTED])),
    bytesField(2, Buffer.from('slow down')),
    bytesField(3, any),
  ]);
}

function field(number: number, wireType: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | wireType]), value]);
}

/** Of less than 128 bytes. */
function bytesField(number: number, value: Buffer): Buffer {
  return field(number, 2, Buffer.concat([Buffer.from([value.length]), value]));
}

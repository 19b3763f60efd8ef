import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2,
  type Http2ServerResponse,
  type Http2Session,
} from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

// What a client of HTTP/2 that asks nobody first begins with (RFC 9113, 3.4).
const PREFACE = Buffer.from('PRI * HTTP/2.0');

/** HTTP/1.1 and HTTP/2 without TLS on one port: the first bytes of a connection tell which it is. */
export function createAnyHttpServer(handle: Handle): {
  readonly server: Server;
  /** Destroys what is open. */
  readonly disconnect: () => void;
} {
  const http1 = createHttp1(handle);
  const socketOf = new WeakMap<Http2Session, Socket>();
  const http2 = createHttp2((request, response) =>
    handle(request as unknown as IncomingMessage, asResponse(response, socketOf)),
  );
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    chooseBy(socket, {
      http1: () => http1.emit('connection', socket),
      http2() {
        http2.once('session', (session) => socketOf.set(session, socket));
        http2.emit('connection', socket);
      },
    });
  });
  return {
    server,
    disconnect() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Hands a connection on as soon as its first bytes are here. */
function chooseBy(
  socket: Socket,
  { http1, http2 }: { readonly http1: () => void; readonly http2: () => void },
): void {
  socket.once('readable', () => {
    const first = socket.read() as Buffer | null;
    if (first === null) return;
    socket.unshift(first);
    const start = first.subarray(0, PREFACE.length);
    if (start.equals(PREFACE.subarray(0, start.length))) http2();
    else http1();
  });
}

/** With what HTTP/2's response lacks: whether it is gone, and a way to cut the connection below it. */
function asResponse(
  response: Http2ServerResponse,
  socketOf: WeakMap<Http2Session, Socket>,
): ServerResponse {
  const { stream } = response;
  stream.on('error', () => undefined);
  return Object.defineProperties(response, {
    destroyed: { get: () => stream.destroyed },
    // That of the session ends in peace, and clients take it for the end of the answer.
    destroy: { value: () => stream.session && socketOf.get(stream.session)?.destroy() },
  }) as unknown as ServerResponse;
}

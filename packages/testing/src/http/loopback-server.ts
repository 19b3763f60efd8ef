import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server on 127.0.0.1 that can be closed and opened again on the same port. */
export class LoopbackServer {
  readonly #server: Server;
  #port: number;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.#port = port;
  }

  static async open(
    handle: (request: IncomingMessage, response: ServerResponse) => void,
    port: number = 0,
  ): Promise<LoopbackServer> {
    const server = new LoopbackServer(createServer(handle), port);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Does nothing when it is listening already. */
  async start(): Promise<void> {
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Closes the port and destroys all connections. Does nothing when that is done already. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#server.closeAllConnections();
    await closed;
  }
}

/** A loopback address where nothing listens: the port was free a moment ago. */
export async function unreachableUrl(): Promise<string> {
  const server = await LoopbackServer.open(() => undefined);
  await server.stop();
  return server.url;
}

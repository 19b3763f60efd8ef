import type { AddressInfo, Server } from 'node:net';
import { createAnyHttpServer, type Handle } from './any-http-server.ts';

/** An HTTP server on 127.0.0.1 that can be closed and opened again on the same port. */
export class LoopbackServer {
  readonly #server: Server;
  readonly #disconnect: () => void;
  #port: number;

  private constructor(handle: Handle, port: number) {
    const { server, disconnect } = createAnyHttpServer(handle);
    this.#server = server;
    this.#disconnect = disconnect;
    this.#port = port;
  }

  static async open(handle: Handle, port: number = 0): Promise<LoopbackServer> {
    const server = new LoopbackServer(handle, port);
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
    this.#disconnect();
    await closed;
  }
}

/** A loopback address where nothing listens: the port was free a moment ago. */
export async function unreachableUrl(): Promise<string> {
  const server = await LoopbackServer.open(() => undefined);
  await server.stop();
  return server.url;
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Stands in front of the demo's receiver and hands what that has taken to another one as well. */
export interface Relay {
  readonly url: string;
  /** Requests that the other one has taken. */
  readonly relayed: number;
  /** What went wrong first on the way to the other one. */
  readonly problem: string | undefined;
  /** Resolves when everything has been handed on. */
  close(): Promise<void>;
}

const LONGEST_MILLIS = 5000;

/** @param receiver URL of the demo's receiver, whose answers count; `to` is that of the other one */
export async function startRelay(receiver: string, to: string): Promise<Relay> {
  const under = new Set<Promise<void>>();
  let relayed = 0;
  let problem: string | undefined;

  const handOn = async (path: string, request: RequestInit): Promise<void> => {
    try {
      const signal = AbortSignal.timeout(LONGEST_MILLIS);
      const { status } = await fetch(`${to.replace(/\/$/, '')}${path}`, { ...request, signal });
      if (status === 200) relayed++;
      else problem ??= `${to} answered ${status}`;
    } catch (error) {
      const { cause, message } = error as Error;
      problem ??= `${to}: ${cause instanceof Error ? cause.message : message}`;
    }
  };
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = incoming.url ?? '/';
    const headers = Object.fromEntries(
      ['content-type', 'content-encoding'].flatMap((name) => {
        const value = incoming.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    const request = { method: 'POST', headers, body: await buffer(incoming) };
    const own = await fetch(`${receiver}${path}`, request);
    const type = own.headers.get('content-type') ?? 'application/x-protobuf';
    response.writeHead(own.status, { 'content-type': type });
    response.end(Buffer.from(await own.arrayBuffer()));
    if (own.status !== 200) return;
    const sent = handOn(path, request).finally(() => under.delete(sent));
    under.add(sent);
  };

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get relayed() {
      return relayed;
    },
    get problem() {
      return problem;
    },
    async close() {
      await Promise.all(under);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

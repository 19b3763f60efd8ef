import { createServer } from 'node:net';

// Below what systems give to outgoing connections, so that nobody gets such a port by chance while it is not used.
const FIRST = 20_000;
const LAST = 32_000;

/** Ports of 127.0.0.1 that nobody listens on, each of them another one. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

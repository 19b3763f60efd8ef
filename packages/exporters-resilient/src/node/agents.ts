import type { Agent as HttpAgent, RequestOptions } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { loadHttp, loadHttps, loadTls } from './builtin.ts';
import type { Proxy } from './proxy.ts';
import type { TlsMaterial, TlsSource } from './tls-options.ts';

interface AgentsOptions {
  readonly maxSockets: number;
  readonly tls: TlsSource;
  readonly proxy: Proxy | undefined;
}

/** The pools of open connections. Those over TLS are replaced when certificates are. */
export class Agents {
  readonly #options: AgentsOptions;
  #plain: HttpAgent | undefined;
  #secure: HttpsAgent | undefined;
  #tunnels: HttpsAgent | undefined;
  #material: TlsMaterial | undefined;

  constructor(options: AgentsOptions) {
    this.#options = options;
  }

  http(): HttpAgent {
    const { maxSockets } = this.#options;
    return (this.#plain ??= new (loadHttp().Agent)({ keepAlive: true, maxSockets }));
  }

  https(isTunnelled: boolean): HttpsAgent {
    const material = this.#options.tls.current();
    if (material !== this.#material) {
      // Requests on their way go on; the next ones show the new certificate.
      retire(this.#secure);
      retire(this.#tunnels);
      this.#secure = undefined;
      this.#tunnels = undefined;
      this.#material = material;
    }
    const options = { keepAlive: true, maxSockets: this.#options.maxSockets, ...material };
    if (!isTunnelled) return (this.#secure ??= new (loadHttps().Agent)(options));
    return (this.#tunnels ??= tunnelAgent(options, this.#options.proxy!));
  }

  /** Closes connections that nobody is using. Requests of another destination with the same transport go on. */
  closeFree(): void {
    for (const agent of [this.#plain, this.#secure, this.#tunnels]) closeFree(agent);
  }
}

/** Ends what is idle, and what is still used as soon as it no longer is. */
function retire(agent: HttpAgent | undefined): void {
  closeFree(agent);
  agent?.on('free', (socket: Socket) => socket.destroy());
}

function closeFree(agent: HttpAgent | undefined): void {
  for (const sockets of Object.values(agent?.freeSockets ?? {}))
    for (const socket of sockets ?? []) socket.destroy();
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}

type Created = (error: Error | null, socket?: Socket) => void;

/** TLS to the receiver inside a tunnel: the proxy sees its name, and nothing of what is sent. */
function tunnelAgent(
  options: TlsMaterial & { readonly maxSockets: number },
  proxy: Proxy,
): HttpsAgent {
  const agent = new (loadHttps().Agent)(options);
  const createConnection = (target: RequestOptions, created: Created): undefined => {
    const host = target.host ?? 'localhost';
    proxy.tunnel(host, Number(target.port)).then(
      // An address is no name of a server; who the certificate is for is compared with it all the same.
      (socket) =>
        created(
          null,
          loadTls().connect({ host, servername: isAddress(host) ? '' : host, ...options, socket }),
        ),
      (error: Error) => created(error),
    );
  };
  return Object.assign(agent, { createConnection });
}

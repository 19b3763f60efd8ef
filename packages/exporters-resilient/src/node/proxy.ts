import type { Socket } from 'node:net';
import { InvalidOptionError, type OptionKeys } from '@llm-otel/core';
import { knownOptions } from '../known-options.ts';
import { loadHttp, loadHttps } from './builtin.ts';

export interface ProxyOptions {
  /**
   * An http or https URL. A user name and password in it are sent to the proxy, and shown nowhere.
   * Environment: `HTTPS_PROXY`, `HTTP_PROXY`, for https and http receivers.
   */
  readonly url: string;
  /**
   * Hosts that are reached without the proxy, separated by commas: names with all their subdomains, addresses, each with
   * a port or without; `*` for all. `localhost` and loopback addresses never go through a proxy. Environment: `NO_PROXY`.
   */
  readonly noProxy?: string | undefined;
}

// How long a proxy may take to open a tunnel. The attempt's own deadline ends what waits for it.
const CONNECT_TIMEOUT_MILLIS = 10_000;

const known: OptionKeys<ProxyOptions> = { url: true, noProxy: true };

/** A proxy, checked. Nothing of it prints: its members are private. */
export class Proxy {
  readonly #url: URL;
  readonly #noProxy: readonly string[];

  /** Throws {@link InvalidOptionError}. */
  constructor(options: ProxyOptions) {
    knownOptions(options, known, 'proxy');
    const { url, noProxy = '' } = options;
    if (typeof noProxy !== 'string')
      throw new InvalidOptionError({
        option: 'proxy.noProxy',
        value: noProxy,
        use: 'host names separated by commas',
      });
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:')
      throw new InvalidOptionError({
        option: 'proxy.url',
        value: url,
        use: 'an absolute http or https URL such as http://proxy.example:3128',
        secret: /[@]/.test(url),
      });
    this.#url = parsed;
    this.#noProxy = noProxy
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((entry) => entry.toLowerCase());
  }

  /** Whether requests to `target` go through the proxy. */
  isFor(target: URL): boolean {
    const host = bareHost(target);
    if (host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)) return false;
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    return !this.#noProxy.some((entry) => matches(entry, host, port));
  }

  /** Where the proxy listens, as options of a request. */
  address(): { readonly host: string; readonly port: string; readonly isSecure: boolean } {
    const isSecure = this.#url.protocol === 'https:';
    return {
      host: bareHost(this.#url),
      port: this.#url.port || (isSecure ? '443' : '80'),
      isSecure,
    };
  }

  /** The header that tells the proxy who we are, where it wants to know. */
  authorization(): Readonly<Record<string, string>> {
    const { username, password } = this.#url;
    if (username === '' && password === '') return {};
    const pair = `${decoded(username)}:${decoded(password)}`;
    return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
  }

  /** A connection to `host:port` through the proxy (HTTP CONNECT). Rejects with a `code`. */
  tunnel(host: string, port: number): Promise<Socket> {
    const { host: proxyHost, port: proxyPort, isSecure } = this.address();
    const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    return new Promise((resolve, reject) => {
      const request = (isSecure ? loadHttps() : loadHttp()).request({
        method: 'CONNECT',
        host: proxyHost,
        port: proxyPort,
        path: authority,
        headers: { host: authority, ...this.authorization() },
        agent: false,
        timeout: CONNECT_TIMEOUT_MILLIS,
      });
      request.once('connect', (response, socket) => {
        if (response.statusCode === 200) {
          // It was for the answer of the proxy; the tunnel is used as long as it is needed.
          socket.setTimeout(0);
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(failure(`proxy_${response.statusCode}`));
      });
      request.once('timeout', () => request.destroy(failure('proxy_timeout')));
      request.once('error', reject);
      request.end();
    });
  }
}

/** A percent sign that encodes nothing is part of a password. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(`no tunnel through the proxy (${code})`), { code });
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = '', wantedPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  // An address of IP version 6 is full of colons.
  if (entry.split(':').length > 2 && !entry.startsWith('[')) return entry === host;
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const bare = name.replace(/^\*?\./, '');
  return host === bare || host.endsWith(`.${bare}`);
}

import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { InvalidOptionError, type OptionKeys } from '@llm-otel/core';
import { knownOptions } from '../known-options.ts';
import { numberOption, textOption } from '../options.ts';
import { isReset } from '../transport/is-reset.ts';
import { joinChunks } from '../transport/join-chunks.ts';
import {
  MAX_RESPONSE_BYTES,
  type ResponseHead,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../transport/transport.ts';
import { Agents } from './agents.ts';
import { loadHttp, loadHttps, loadZlib } from './builtin.ts';
import { Proxy, type ProxyOptions } from './proxy.ts';
import { type TlsOptions, TlsSource } from './tls-options.ts';

type Body = Pick<TransportResponse, 'body' | 'isTorn'>;

const SMALLEST_CHUNK = 16 * 1024;
const LARGEST_CHUNK = 1024 * 1024;

export interface NodeTransportOptions {
  /**
   * From 1, fastest, to 9, smallest. Level 6 takes seven times as long for a request a quarter smaller.
   * @defaultValue 1
   */
  readonly gzipLevel?: number | undefined;
  /**
   * From 1, fastest, to 19, smallest.
   * @defaultValue 3
   */
  readonly zstdLevel?: number | undefined;
  /**
   * Connections per receiver.
   * @defaultValue 8
   */
  readonly maxSockets?: number | undefined;
  /** For https. */
  readonly tls?: TlsOptions | undefined;
  /** @defaultValue none: no variable is read here */
  readonly proxy?: ProxyOptions | undefined;
  /** Path of a Unix socket, or of a pipe on Windows, that is connected to instead of host and port of the URL. */
  readonly socketPath?: string | undefined;
}

const known: OptionKeys<NodeTransportOptions> = {
  gzipLevel: true,
  zstdLevel: true,
  maxSockets: true,
  tls: true,
  proxy: true,
  socketPath: true,
};

/**
 * Sends with `node:http` and `node:https` over connections that stay open. Costs less per request than `fetch`.
 * @throws InvalidOptionError for an option that cannot be used, and for certificates that cannot be read
 */
export function nodeTransport(options: NodeTransportOptions = {}): Transport {
  knownOptions(options, known);
  const whole = { min: 1, integer: true };
  const gzipLevel = numberOption('gzipLevel', options.gzipLevel, 1, { ...whole, max: 9 });
  const zstdLevel = numberOption('zstdLevel', options.zstdLevel, 3, { ...whole, max: 19 });
  const maxSockets = numberOption('maxSockets', options.maxSockets, 8, whole);
  const proxy = options.proxy === undefined ? undefined : new Proxy(options.proxy);
  const agents = new Agents({ maxSockets, tls: new TlsSource(options.tls), proxy });
  const { socketPath } = options;
  textOption('socketPath', socketPath, 'the path of a Unix socket, or of a pipe on Windows');
  if (socketPath !== undefined && proxy !== undefined)
    throw new InvalidOptionError({
      option: 'proxy',
      value: 'given',
      use: 'either proxy or socketPath: what is connected to by a path goes through no proxy',
    });

  const attempt = (request: TransportRequest, repeats: number): Promise<TransportResponse> =>
    new Promise((resolve, reject) => {
      const url = new URL(request.url);
      const isSecure = url.protocol === 'https:';
      const proxied = proxy?.isFor(url) ? proxy : undefined;
      const headers = { ...request.headers, 'content-length': String(request.body.length) };
      const common: RequestOptions = {
        method: 'POST',
        signal: request.signal,
        headers,
        ...(socketPath !== undefined && { socketPath }),
      };
      const outgoing = isSecure
        ? loadHttps().request(url, { ...common, agent: agents.https(proxied !== undefined) })
        : proxied === undefined
          ? loadHttp().request(url, { ...common, agent: agents.http() })
          : forwarded(
              proxied,
              url,
              { ...common, headers: { ...headers, host: url.host, ...proxied.authorization() } },
              agents,
            );
      // The pool gives it out with a hold on the process each time.
      if (request.isBackground === true) outgoing.on('socket', (socket) => socket.unref());
      let answer: (() => void) | undefined;
      outgoing.on('response', (response) => {
        const head: ResponseHead = {
          status: response.statusCode ?? 0,
          header: (name) => {
            const value = response.headers[name];
            return Array.isArray(value) ? value[0] : value;
          },
        };
        request.onHead?.(head);
        const decoded = async (body: Body): Promise<void> =>
          resolve({ ...head, ...(await decodedBody(body, head.header('content-encoding'))) });
        answer = readBody(response, (body) => void decoded(body), outgoing);
      });
      outgoing.on('error', (error) => {
        // The receiver closed an idle connection just as we took it. Nothing is wrong with the receiver. It may have closed
        // all of them; a new one is no longer stale.
        const wasStale = outgoing.reusedSocket && 'code' in error && isReset(error.code);
        if (answer !== undefined) answer();
        else if (wasStale && repeats < maxSockets)
          attempt(request, repeats + 1).then(resolve, reject);
        else reject(error);
      });
      outgoing.end(request.body);
    });

  return {
    send: (request) => attempt(request, 0),
    gzip: (body) =>
      new Promise((resolve, reject) => {
        loadZlib().gzip(body, { level: gzipLevel, chunkSize: chunkSize(body) }, (error, packed) =>
          error === null ? resolve(packed) : reject(error),
        );
      }),
    zstd: (body) =>
      new Promise((resolve, reject) => {
        const { zstdCompress, constants } = loadZlib();
        const params = { [constants.ZSTD_c_compressionLevel]: zstdLevel };
        zstdCompress(body, { params, chunkSize: chunkSize(body) }, (error, packed) =>
          error === null ? resolve(packed) : reject(error),
        );
      }),
    close: () => agents.closeFree(),
  };
}

/**
 * How much comes out of a compressor at once. Each piece is a turn of the application's thread: the 16 KiB of Node.js would be
 * 40 turns for a request of LLM spans.
 */
function chunkSize(body: Uint8Array): number {
  return Math.min(Math.max(body.length >> 2, SMALLEST_CHUNK), LARGEST_CHUNK);
}

/** A proxy compresses without having been asked: a partial success in it counts all the same. What cannot be read is torn. */
function decodedBody(read: Body, encoding: string | undefined): Promise<Body> | Body {
  if (read.body.length === 0 || !/^(?:x-)?gzip$/i.test(encoding?.trim() ?? '')) return read;
  return new Promise((resolve) => {
    loadZlib().gunzip(read.body, { maxOutputLength: MAX_RESPONSE_BYTES }, (error, body) =>
      resolve(error === null ? { ...read, body } : { body: new Uint8Array(), isTorn: true }),
    );
  });
}

/** To the proxy, with the whole URL: it sends the request on. */
function forwarded(proxy: Proxy, url: URL, common: RequestOptions, agents: Agents) {
  const { host, port, isSecure } = proxy.address();
  const options = { ...common, host, port, path: url.href };
  return isSecure
    ? loadHttps().request({ ...options, agent: agents.https(false) })
    : loadHttp().request({ ...options, agent: agents.http() });
}

/**
 * At most {@link MAX_RESPONSE_BYTES} of the body, also where it never ends or is torn. Returns what settles it with what
 * is there.
 */
function readBody(
  response: IncomingMessage,
  resolve: (body: Body) => void,
  request: ClientRequest,
): () => void {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const done = (isTorn: boolean): void =>
    resolve({ body: joinChunks(chunks, MAX_RESPONSE_BYTES), isTorn });
  const torn = (): void => done(true);
  response.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_RESPONSE_BYTES) {
      torn();
      request.destroy();
    }
  });
  response.on('end', () => done(false));
  // The status has arrived, and it is the answer: the request must not be sent twice for a torn body.
  response.on('error', torn);
  return torn;
}

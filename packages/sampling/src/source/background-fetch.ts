// As much of Node.js as is used here, whose types are not those of every runtime.
interface Emitter<Events> {
  on<Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => void): unknown;
}

interface Answer {
  readonly statusCode?: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  resume(): unknown;
  destroy(): unknown;
}

interface Request extends Emitter<{
  readonly socket: { unref(): unknown };
  readonly error: Error;
  readonly response: Answer;
}> {
  end(): unknown;
}

interface Http {
  request(url: string, options: Pick<AskOptions, 'headers' | 'signal'>): Request;
}

interface Streams {
  readonly Readable: { toWeb(answer: Answer): ReadableStream<Uint8Array> };
}

interface Runtime {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { getBuiltinModule?(name: string): unknown };
}

export type Ask = (url: string, init: AskOptions) => Promise<Response>;

interface AskOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/**
 * A `fetch` for work that a finished program does not wait for: while an answer does not come, the socket of the
 * runtime's own keeps the process alive. In Node.js it is `node:http`, which is asked for and not imported, so that other
 * runtimes load this; there the fetch of the runtime does it.
 */
export function backgroundFetch(): Ask {
  const { navigator, process } = globalThis as Runtime;
  const load = (name: string): unknown => process?.getBuiltinModule?.(`node:${name}`);
  if (navigator?.userAgent?.startsWith('Node.js/') !== true) return fetch;
  const http = load('http') as Http | undefined;
  const https = load('https') as Http | undefined;
  const streams = load('stream') as Streams | undefined;
  if (http === undefined || https === undefined || streams === undefined) return fetch;
  return (url, { headers, signal }) =>
    new Promise((resolve, reject) => {
      const request = (url.startsWith('https:') ? https : http).request(url, {
        headers: { 'user-agent': 'llm-otel', 'accept-encoding': 'identity', ...headers },
        signal,
      });
      request.on('socket', (socket) => socket.unref());
      request.on('error', reject);
      request.on('response', (answer) => {
        try {
          resolve(responseOf(answer, streams));
        } catch (error) {
          // Such as a status that is none.
          reject(error);
          answer.destroy();
        }
      });
      request.end();
    });
}

// A Response with one of these may have none.
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

function responseOf(answer: Answer, { Readable }: Streams): Response {
  const { statusCode: status = 0, headers } = answer;
  const { etag, 'content-encoding': encoding = 'identity' } = headers;
  if (status === 200 && encoding.toLowerCase() !== 'identity') {
    throw new Error(`the answer is encoded as ${encoding}, which was not asked for`);
  }
  const isEmpty = NO_BODY.has(status);
  if (isEmpty) answer.resume();
  return new Response(isEmpty ? null : Readable.toWeb(answer), {
    status,
    headers: etag === undefined ? {} : { etag },
  });
}

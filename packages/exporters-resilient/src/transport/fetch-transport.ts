import { failureCode } from '../delivery/failure-code.ts';
import { functionOption } from '../options.ts';
import { isReset } from './is-reset.ts';
import { joinChunks } from './join-chunks.ts';
import {
  MAX_RESPONSE_BYTES,
  type ResponseHead,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts';

// More than the requests that are on their way to a receiver at once, unless told otherwise.
const MOST_IDLE = 8;

/**
 * Sends with the platform's `fetch`. Runs everywhere; on Node.js `nodeTransport` costs less per request.
 * @throws InvalidOptionError for what is no function
 */
export function fetchTransport(fetchOnce: typeof fetch = globalThis.fetch): Transport {
  functionOption('fetch', fetchOnce, 'a function such as the fetch of the platform');
  // How many connections may lie idle: one for each answer that nothing was repeated for since.
  let idle = 0;
  const post = async (request: TransportRequest): Promise<Response> => {
    const { url, headers, body, signal } = request;
    try {
      return await fetchOnce(url, {
        method: 'POST',
        headers,
        // A view of shared memory is not accepted by fetch, and ours never is one.
        body: body as Uint8Array<ArrayBuffer>,
        signal,
        redirect: 'manual',
      });
    } catch (error) {
      // The receiver closed an idle connection just as it was taken, perhaps: fetch does not say which one it took.
      if (idle === 0 || signal.aborted || !isReset(failureCode(error))) throw error;
      idle--;
      return post(request);
    }
  };
  return {
    async send(request): Promise<TransportResponse> {
      const { onHead } = request;
      const response = await post(request);
      idle = Math.min(idle + 1, MOST_IDLE);
      const head: ResponseHead = {
        status: response.status,
        header: (name) => response.headers.get(name) ?? undefined,
      };
      onHead?.(head);
      return { ...head, ...(await readBody(response)) };
    },
  };
}

async function readBody(response: Response): Promise<Pick<TransportResponse, 'body' | 'isTorn'>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isTorn = false;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_RESPONSE_BYTES) {
        isTorn = true;
        break;
      }
    }
  } catch {
    // The status has arrived, and it is the answer: the request must not be sent twice for a torn body.
    isTorn = true;
  }
  return { body: joinChunks(chunks, MAX_RESPONSE_BYTES), isTorn };
}

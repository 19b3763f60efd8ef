import { functionOption } from '../options.ts';
import { joinChunks } from './join-chunks.ts';
import {
  MAX_RESPONSE_BYTES,
  type ResponseHead,
  type Transport,
  type TransportResponse,
} from './transport.ts';

/**
 * Sends with the platform's `fetch`. Runs everywhere; on Node.js `nodeTransport` costs less per request.
 * @throws InvalidOptionError for what is no function
 */
export function fetchTransport(fetchOnce: typeof fetch = globalThis.fetch): Transport {
  functionOption('fetch', fetchOnce, 'a function such as the fetch of the platform');
  return {
    async send({ url, headers, body, signal, onHead }): Promise<TransportResponse> {
      const response = await fetchOnce(url, {
        method: 'POST',
        headers,
        // A view of shared memory is not accepted by fetch, and ours never is one.
        body: body as Uint8Array<ArrayBuffer>,
        signal,
        redirect: 'manual',
      });
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

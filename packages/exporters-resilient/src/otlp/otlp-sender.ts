import type { Clock } from '@llm-otel/core';
import type { Outcome, Sender } from '../delivery/sender.ts';
import { gzipPortably } from '../transport/gzip.ts';
import type { Transport, TransportResponse } from '../transport/transport.ts';
import { readPartialSuccess } from './partial-success.ts';
import { RequestPayload } from './request-payload.ts';
import { readRetryAfter } from './retry-after.ts';
import type { SecretHeaders } from './secret-headers.ts';
import { splitRequest } from './split-request.ts';

export interface OtlpSenderOptions {
  readonly url: string;
  readonly headers: SecretHeaders;
  readonly compression: 'none' | 'gzip';
  readonly transport: Transport;
  readonly clock: Clock;
}

// Below this a request fits into one network packet or two, and gzip only costs.
const SMALLEST_COMPRESSED = 1024;
const PRINTED_MESSAGE = 200;
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Sends requests by OTLP over HTTP with protobuf bodies, and reads the answer as its specification says. */
export class OtlpSender implements Sender<RequestPayload> {
  readonly #options: OtlpSenderOptions;

  constructor(options: OtlpSenderOptions) {
    this.#options = options;
  }

  async send(payload: RequestPayload, signal: AbortSignal): Promise<Outcome> {
    const { url, headers, compression, transport } = this.#options;
    let { body } = payload;
    const encoding: Record<string, string> = {};
    if (compression === 'gzip' && body.length >= SMALLEST_COMPRESSED) {
      body = await (transport.gzip?.(body) ?? gzipPortably(body));
      encoding['content-encoding'] = 'gzip';
    }
    const response = await transport.send({
      url,
      headers: { ...headers.reveal(), 'content-type': 'application/x-protobuf', ...encoding },
      body,
      signal,
    });
    return this.#outcomeOf(response);
  }

  split(payload: RequestPayload): readonly RequestPayload[] | undefined {
    return splitRequest(payload.body, payload.signal)?.map((part) =>
      RequestPayload.owned(payload.signal, part, payload.sensitivity),
    );
  }

  #outcomeOf(response: TransportResponse): Outcome {
    const { status, body } = response;
    const reason = `http_${status}`;
    if (status >= 200 && status < 300) {
      const { rejected, message } = readPartialSuccess(body, response.header('content-type'));
      return { kind: 'delivered', rejected, message: this.#printable(message) };
    }
    if (status === 413) return { kind: 'too_large', reason };
    if (RETRYABLE.has(status)) {
      const afterMillis = readRetryAfter(
        response.header('retry-after'),
        this.#options.clock.epochMillis(),
      );
      return { kind: 'retry', reason, afterMillis };
    }
    return { kind: 'refused', reason, message: this.#printable(textOf(body)) };
  }

  /** A receiver may quote the token it does not like. */
  #printable(message: string): string {
    return this.#options.headers.scrub(message).slice(0, PRINTED_MESSAGE);
  }
}

/** The body of an answer, where it looks like text: error pages are, protobuf is not. */
function textOf(body: Uint8Array): string {
  const text = new TextDecoder().decode(body);
  // oxlint-disable-next-line no-control-regex -- control characters are what tells protobuf from text
  return text.replaceAll(/[\u0000-\u001f\u007f\ufffd]+/g, ' ').trim();
}

import type { Clock } from '@llm-otel/core';
import type { Outcome, Sender } from '../delivery/sender.ts';
import { otlpJsonBytes } from '../json/otlp-json.ts';
import { gzipPortably } from '../transport/gzip.ts';
import type { Transport, TransportResponse } from '../transport/transport.ts';
import { readPartialSuccess } from './partial-success.ts';
import { RequestPayload } from './request-payload.ts';
import { readRetryAfter } from './retry-after.ts';
import type { HeaderSource } from './header-source.ts';
import type { Compression } from './otlp-options.ts';
import type { SecretHeaders } from './secret-headers.ts';
import { USER_AGENT } from './user-agent.ts';
import { splitRequest } from './split-request.ts';

export interface OtlpSenderOptions {
  readonly url: string;
  readonly headers: HeaderSource;
  readonly compression: Compression;
  /** OTLP/JSON instead of protobuf. */
  readonly json: boolean;
  readonly transport: Transport;
  readonly clock: Clock;
}

// Below this a request fits into one network packet or two, and gzip only costs.
const SMALLEST_COMPRESSED = 1024;
const PRINTED_MESSAGE = 200;
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Sends requests by OTLP over HTTP, and reads the answer as its specification says. */
export class OtlpSender implements Sender<RequestPayload> {
  readonly #options: OtlpSenderOptions;

  constructor(options: OtlpSenderOptions) {
    this.#options = options;
  }

  async send(payload: RequestPayload, signal: AbortSignal): Promise<Outcome> {
    const { headers } = this.#options;
    const { body, fields } = await this.#encoded(payload);
    const used = await headers.current();
    const response = await this.#post(body, fields, used, signal);
    // A token has run out: a new one may do, once.
    if (response.status !== 401 || !headers.canRenew) return this.#outcomeOf(response);
    const renewed = await headers.renewed(used);
    return this.#outcomeOf(await this.#post(body, fields, renewed, signal));
  }

  #post(
    body: Uint8Array,
    fields: Readonly<Record<string, string>>,
    secret: SecretHeaders,
    signal: AbortSignal,
  ): Promise<TransportResponse> {
    const { url, transport } = this.#options;
    const headers = { 'user-agent': USER_AGENT, ...secret.reveal(), ...fields };
    return transport.send({ url, headers, body, signal });
  }

  /** The body as it is sent, with the header fields that tell what it is. */
  async #encoded(
    payload: RequestPayload,
  ): Promise<{ readonly body: Uint8Array; readonly fields: Readonly<Record<string, string>> }> {
    const { compression, transport, json } = this.#options;
    const body = json ? otlpJsonBytes(payload.body, payload.signal) : payload.body;
    const type = { 'content-type': json ? 'application/json' : 'application/x-protobuf' };
    if (compression === 'none' || body.length < SMALLEST_COMPRESSED) return { body, fields: type };
    const packed = await (compression === 'zstd' ? transport.zstd?.(body) : transport.gzip?.(body));
    return {
      body: packed ?? (await gzipPortably(body)),
      fields: { ...type, 'content-encoding': packed === undefined ? 'gzip' : compression },
    };
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

import type { Clock } from '@llm-otel/core';
import type { Outcome, Sender } from '../delivery/sender.ts';
import type { LeasedBytes } from '../encode/leased-bytes.ts';
import { SpareMemory } from '../encode/spare-memory.ts';
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

interface EncodedRequest {
  readonly body: Uint8Array;
  /** The header fields that tell what it is. */
  readonly fields: Readonly<Record<string, string>>;
  /** The body, where its memory is wanted back. */
  readonly lease?: LeasedBytes | undefined;
}

/** Sends requests by OTLP over HTTP, and reads the answer as its specification says. */
export class OtlpSender implements Sender<RequestPayload> {
  readonly #options: OtlpSenderOptions;
  readonly #memory = new SpareMemory();

  constructor(options: OtlpSenderOptions) {
    this.#options = options;
  }

  async send(payload: RequestPayload, signal: AbortSignal): Promise<Outcome> {
    const { headers } = this.#options;
    const encoded = await this.#encoded(payload);
    const used = await headers.current();
    let response = await this.#post(encoded, used, signal);
    // A token has run out: a new one may do, once.
    if (response.status === 401 && headers.canRenew)
      response = await this.#post(encoded, await headers.renewed(used), signal);
    const outcome = this.#outcomeOf(response);
    // After any other ending the transport may still be reading it.
    if (outcome.kind === 'delivered') encoded.lease?.release();
    return outcome;
  }

  #post(
    { body, fields }: EncodedRequest,
    secret: SecretHeaders,
    signal: AbortSignal,
  ): Promise<TransportResponse> {
    const { url, transport } = this.#options;
    const headers = { 'user-agent': USER_AGENT, ...secret.reveal(), ...fields };
    return transport.send({ url, headers, body, signal });
  }

  async #encoded(payload: RequestPayload): Promise<EncodedRequest> {
    const { compression, transport, json } = this.#options;
    const lease = json ? this.#asJson(payload) : undefined;
    const body = lease?.bytes ?? payload.body;
    const type = { 'content-type': json ? 'application/json' : 'application/x-protobuf' };
    if (compression === 'none' || body.length < SMALLEST_COMPRESSED)
      return { body, fields: type, lease };
    const packed = await (compression === 'zstd' ? transport.zstd?.(body) : transport.gzip?.(body));
    const fields = { ...type, 'content-encoding': packed === undefined ? 'gzip' : compression };
    const sent = packed ?? (await gzipPortably(body));
    lease?.release();
    return { body: sent, fields };
  }

  #asJson({ body, signal }: RequestPayload): LeasedBytes {
    const json = otlpJsonBytes(body, signal, this.#memory.take());
    const lease = this.#memory.lease(json.memory, json.written().length);
    lease.use();
    return lease;
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

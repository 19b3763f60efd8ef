import type { Clock } from '@llm-otel/core';
import type { Outcome, Sender } from '../delivery/sender.ts';
import type { LeasedBytes } from '../encode/leased-bytes.ts';
import { SpareMemory } from '../encode/spare-memory.ts';
import { otlpJsonBytes } from '../json/otlp-json.ts';
import { gzipPortably } from '../transport/gzip.ts';
import type { ResponseHead, Transport, TransportResponse } from '../transport/transport.ts';
import type { RequestPayload } from './request-payload.ts';
import type { HeaderSource } from './header-source.ts';
import { expectedOutcome, httpOutcome } from './http-outcome.ts';
import type { Compression } from './otlp-options.ts';
import { scrubbedOutcome } from './scrubbed-outcome.ts';
import type { SecretHeaders } from './secret-headers.ts';
import { USER_AGENT } from './user-agent.ts';

export interface OtlpSenderOptions {
  readonly url: string;
  readonly headers: HeaderSource;
  readonly compression: Compression;
  /** OTLP/JSON instead of protobuf. */
  readonly json: boolean;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Of a delivery, which goes on by itself. @defaultValue false: whoever sends waits */
  readonly isBackground?: boolean | undefined;
}

// Below this a request fits into one network packet or two, and gzip only costs.
const SMALLEST_COMPRESSED = 1024;

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

  async send(
    payload: RequestPayload,
    signal: AbortSignal,
    expect?: (outcome: Outcome) => void,
  ): Promise<Outcome> {
    const { headers } = this.#options;
    const encoded = await this.#encoded(payload);
    const used = await headers.current(signal);
    let renewed: Promise<SecretHeaders> | undefined;
    let response = await this.#post(encoded, used, signal, (head) => {
      if (head.status !== 401 || !headers.canRenew) {
        expect?.(this.#expected(head));
        return;
      }
      // Should the rest of this answer not come, the next attempt has the new token.
      expect?.({ kind: 'retry', reason: 'http_401' });
      renewed = renewedOf(headers, used, signal);
    });
    // A token has run out: a new one may do, once.
    if (response.status === 401 && headers.canRenew)
      response = await this.#post(
        encoded,
        await (renewed ?? renewedOf(headers, used, signal)),
        signal,
        (head) => expect?.(this.#expected(head)),
      );
    const outcome = this.#printable(httpOutcome(response, this.#options.clock.epochMillis()));
    // After any other ending the transport may still be reading it.
    if (outcome.kind === 'delivered') encoded.lease?.release();
    return outcome;
  }

  #post(
    { body, fields }: EncodedRequest,
    secret: SecretHeaders,
    signal: AbortSignal,
    onHead: (head: ResponseHead) => void,
  ): Promise<TransportResponse> {
    const { url, transport, isBackground } = this.#options;
    const headers = { 'user-agent': USER_AGENT, ...secret.reveal(), ...fields };
    return transport.send({ url, headers, body, signal, onHead, isBackground });
  }

  async #encoded(payload: RequestPayload): Promise<EncodedRequest> {
    const { compression, transport, json } = this.#options;
    const lease = json ? this.#asJson(payload) : undefined;
    const body = lease?.bytes ?? payload.body;
    const type = { 'content-type': json ? 'application/json' : 'application/x-protobuf' };
    if (compression === 'none' || body.length < SMALLEST_COMPRESSED)
      return { body, fields: type, lease };
    const packed = await (compression === 'zstd' ? transport.zstd?.(body) : transport.gzip?.(body));
    const encoding = packed === undefined ? 'gzip' : compression;
    const sent = packed ?? (await gzipPortably(body));
    // What the platform cannot pack is sent as it is: every receiver reads it.
    if (sent === undefined) return { body, fields: type, lease };
    lease?.release();
    return { body: sent, fields: { ...type, 'content-encoding': encoding } };
  }

  #asJson({ body, signal }: RequestPayload): LeasedBytes {
    const json = otlpJsonBytes(body, signal, this.#memory.take());
    const lease = this.#memory.lease(json.memory, 0, json.written().length);
    lease.use();
    return lease;
  }

  split(payload: RequestPayload): readonly RequestPayload[] | undefined {
    return payload.halves();
  }

  #expected(head: ResponseHead): Outcome {
    return this.#printable(expectedOutcome(head, this.#options.clock.epochMillis()));
  }

  /** A receiver may quote the token it does not like. */
  #printable(outcome: Outcome): Outcome {
    return scrubbedOutcome(outcome, (text) => this.#options.headers.scrub(text));
  }
}

function renewedOf(
  headers: HeaderSource,
  refused: SecretHeaders,
  signal: AbortSignal,
): Promise<SecretHeaders> {
  const renewed = Promise.resolve(headers.renewed(refused, signal));
  // Whoever waits for it hears of a failure. Where nobody does any more it must not end the process.
  renewed.catch(() => undefined);
  return renewed;
}

import type { Clock, Signal } from '@llm-otel/core';
import type { Outcome, Sender } from '../delivery/sender.ts';
import type { HeaderSource } from '../otlp/header-source.ts';
import { readPartialSuccess } from '../otlp/partial-success.ts';
import type { RequestPayload } from '../otlp/request-payload.ts';
import { scrubbedOutcome } from '../otlp/scrubbed-outcome.ts';
import type { SecretHeaders } from '../otlp/secret-headers.ts';
import { Code, codeName } from './codes.ts';
import type { CallResult, GrpcChannel } from './grpc-channel.ts';
import { grpcOutcome } from './grpc-outcome.ts';
import type { GrpcCall } from './otlp-grpc-options.ts';

const PATHS: Readonly<Record<Signal, string>> = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
};

export interface OtlpGrpcSenderOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly onCall?: ((call: GrpcCall) => void) | undefined;
  readonly channel: GrpcChannel;
  readonly headers: HeaderSource;
  readonly timeoutMillis: number;
}

/** Sends requests by OTLP over gRPC, and reads the answer as its specification says. */
export class OtlpGrpcSender implements Sender<RequestPayload> {
  readonly #options: OtlpGrpcSenderOptions;

  constructor(options: OtlpGrpcSenderOptions) {
    this.#options = options;
  }

  async send(
    payload: RequestPayload,
    signal: AbortSignal,
    expect?: (outcome: Outcome) => void,
  ): Promise<Outcome> {
    const { headers } = this.#options;
    const onMessage = (body: Uint8Array): void => expect?.(this.#printable(withoutEnd(body)));
    const used = await headers.current(signal);
    const result = await this.#call(payload, used, signal, onMessage);
    // A token has run out: a new one may do, once.
    const code: number | undefined = result.error?.code;
    if (code !== Code.UNAUTHENTICATED || !headers.canRenew) return this.#outcomeOf(result);
    return this.#outcomeOf(
      await this.#call(payload, await headers.renewed(used, signal), signal, onMessage),
    );
  }

  split(payload: RequestPayload): readonly RequestPayload[] | undefined {
    return payload.halves();
  }

  async #call(
    { body, signal: kind }: RequestPayload,
    headers: SecretHeaders,
    signal: AbortSignal,
    onMessage: (body: Uint8Array) => void,
  ): Promise<CallResult> {
    const { channel, timeoutMillis, clock, url, onCall } = this.#options;
    const metadata = channel.metadata(headers);
    const started = clock.monotonicMillis();
    const deadline = Date.now() + timeoutMillis;
    const result = await channel.call(PATHS[kind], body, metadata, deadline, signal, onMessage);
    const code = codeName(result.error?.code ?? 0);
    onCall?.({ url, millis: clock.monotonicMillis() - started, code });
    return result;
  }

  #outcomeOf({ error, body, contentType }: CallResult): Outcome {
    if (error === undefined) return this.#printable(withEnd(body ?? new Uint8Array()));
    // The message is the answer of the receiver: what went wrong behind it went wrong on the way.
    if (body !== undefined) return this.#printable(withoutEnd(body));
    const [statusDetails] = error.metadata?.get('grpc-status-details-bin') ?? [];
    const outcome = grpcOutcome({
      code: error.code,
      details: error.details,
      contentType,
      statusDetails: statusDetails instanceof Uint8Array ? statusDetails : undefined,
    });
    return this.#printable(outcome);
  }

  /** A receiver may quote the token it does not like. */
  #printable(outcome: Outcome): Outcome {
    return scrubbedOutcome(outcome, (text) => this.#options.headers.scrub(text));
  }
}

function withEnd(body: Uint8Array): Outcome {
  const { rejected, message, isReadable } = readPartialSuccess(body, undefined);
  const unread = isReadable ? undefined : 'is not one of OTLP';
  return { kind: 'delivered', rejected, message, unread };
}

function withoutEnd(body: Uint8Array): Outcome {
  const { rejected, message } = readPartialSuccess(body, undefined);
  return {
    kind: 'delivered',
    rejected,
    message,
    unread: 'has no end (no status behind the message)',
  };
}

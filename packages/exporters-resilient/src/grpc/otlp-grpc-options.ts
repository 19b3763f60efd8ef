import type { Destination } from '../destination.ts';
import type { TlsOptions } from '../node/tls-options.ts';
import type { HeaderSource } from '../otlp/header-source.ts';
import type { CommonOtlpOptions } from '../otlp/otlp-options.ts';

/** One call, as it ended. */
export interface GrpcCall {
  readonly url: string;
  readonly millis: number;
  /** `OK`, `UNAVAILABLE` and so on. */
  readonly code: string;
}

/** Where and how requests are sent over gRPC. The same for every signal. Nothing of ours reads the environment. */
export interface OtlpGrpcOptions extends CommonOtlpOptions {
  /**
   * `http://localhost:4317` without TLS, `https://collector.example:4317` with TLS, `unix:/path` for a socket. A path is
   * ignored: gRPC has its own.
   */
  readonly url: string;
  /** @defaultValue `none`, as in the OTLP exporter specification */
  readonly compression?: 'none' | 'gzip' | undefined;
  /** For https. */
  readonly tls?: TlsOptions | undefined;
  /** Told of every call as it ends: for metrics of how long they take. @defaultValue none */
  readonly onCall?: ((call: GrpcCall) => void) | undefined;
}

/** What can be seen of a destination over gRPC. */
export interface OtlpGrpcDestination extends Destination {
  readonly url: string;
  /** Prints as names with `[redacted]` values. */
  readonly headers: HeaderSource;
}

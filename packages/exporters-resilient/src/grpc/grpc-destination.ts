import { InvalidOptionError, type OptionKeys } from '@llm-otel/core';
import type { Destination } from '../destination.ts';
import { tlsKeys, TlsSource, type TlsOptions } from '../node/tls-options.ts';
import { knownOptions } from '../known-options.ts';
import { functionOption, oneOfOption } from '../options.ts';
import type { HeaderSource } from '../otlp/header-source.ts';
import { openOtlp } from '../otlp/open-otlp.ts';
import { commonOtlpKeys, type CommonOtlpOptions, resolveCommon } from '../otlp/otlp-options.ts';
import { SecretHeaders } from '../otlp/secret-headers.ts';
import { GrpcChannel } from './grpc-channel.ts';
import { metadataOf } from './metadata-of.ts';
import { type GrpcCall, OtlpGrpcSender } from './otlp-grpc-sender.ts';

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

const known: OptionKeys<OtlpGrpcOptions> = {
  url: true,
  ...commonOtlpKeys,
  compression: true,
  tls: true,
  onCall: true,
};

/**
 * A receiver that speaks OTLP over gRPC, reached with `@grpc/grpc-js`. All else is as with `otlpDestination`: this is the
 * same delivery. A proxy is taken from `https_proxy` and its like, as grpc-js has it.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function otlpGrpcDestination(options: OtlpGrpcOptions): OtlpGrpcDestination {
  knownOptions(options, known);
  const { compression = 'none', url } = options;
  functionOption('onCall', options.onCall, 'a function that is told of each call');
  oneOfOption('compression', compression, ['none', 'gzip']);
  const { target, isSecure } = parsedUrl(url);
  const resolved = resolveCommon(options);
  const { name, headers, timeoutMillis } = resolved;
  const current = headers.canRenew ? undefined : headers.current();
  // Needed only when a call is made, but checked now, where the user can see it.
  if (current instanceof SecretHeaders) metadataOf(current);
  const tls = isSecure ? new TlsSource(options.tls) : checkedTls(options.tls);
  return {
    name,
    url,
    headers,
    open(tools) {
      const { clock, failures } = tools;
      const onCall = (call: GrpcCall): void => {
        failures.guard('telling of a call', () => options.onCall?.(call));
      };
      const channel = new GrpcChannel({ target, tls, gzip: compression === 'gzip' });
      const receiver = {
        sender: new OtlpGrpcSender({ channel, headers, timeoutMillis, url, clock, onCall }),
        url,
        address: target,
        isGrpc: true,
        close: () => channel.close(),
      };
      return openOtlp(options, resolved, receiver, tools);
    },
  };
}

/** Not needed without TLS, but no reason to take what cannot be used. */
function checkedTls(options: TlsOptions | undefined): undefined {
  knownOptions(options, tlsKeys, 'tls');
}

function parsedUrl(value: string): { readonly target: string; readonly isSecure: boolean } {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'unix:') return { target: value, isSecure: false };
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new InvalidOptionError({
      option: 'url',
      value,
      use: 'an absolute URL such as http://localhost:4317, https for TLS, or unix:/path',
    });
  if (url.username !== '' || url.password !== '')
    throw new InvalidOptionError({
      option: 'url',
      value,
      use: 'a URL without a user name and password, and an authorization header instead',
      secret: true,
    });
  const isSecure = url.protocol === 'https:';
  return { target: `${url.hostname}:${url.port || (isSecure ? '443' : '80')}`, isSecure };
}

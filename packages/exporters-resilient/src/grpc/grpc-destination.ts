import { InvalidOptionError, type OptionKeys } from '@llm-otel/core';
import { tlsKeys, TlsSource, type TlsOptions } from '../node/tls-options.ts';
import { knownOptions } from '../known-options.ts';
import { functionOption, oneOfOption } from '../options.ts';
import { openOtlp } from '../otlp/open-otlp.ts';
import { commonOtlpKeys, resolveCommon } from '../otlp/otlp-options.ts';
import { refuseCredentials } from '../otlp/refuse-credentials.ts';
import { SecretHeaders } from '../otlp/secret-headers.ts';
import { GrpcChannel } from './grpc-channel.ts';
import type { GrpcJs } from './grpc-js.ts';
import { metadataOf } from './metadata-of.ts';
import type { GrpcCall, OtlpGrpcDestination, OtlpGrpcOptions } from './otlp-grpc-options.ts';
import { OtlpGrpcSender } from './otlp-grpc-sender.ts';

const known: OptionKeys<OtlpGrpcOptions> = {
  url: true,
  ...commonOtlpKeys,
  compression: true,
  tls: true,
  onCall: true,
};

/** What `otlpGrpcDestination` makes, by the grpc-js that is given. */
export function grpcDestination(grpc: GrpcJs, options: OtlpGrpcOptions): OtlpGrpcDestination {
  knownOptions(options, known);
  const { compression = 'none', url } = options;
  functionOption('onCall', options.onCall, 'a function that is told of each call');
  oneOfOption('compression', compression, ['none', 'gzip']);
  const { target, isSecure } = parsedUrl(url);
  const resolved = resolveCommon(options);
  const { name, headers, timeoutMillis } = resolved;
  const current = headers.canRenew ? undefined : headers.current();
  // Needed only when a call is made, but checked now, where the user can see it.
  if (current instanceof SecretHeaders) metadataOf(grpc, current);
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
      const channel = new GrpcChannel({ grpc, target, tls, gzip: compression === 'gzip' });
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
  refuseCredentials(url);
  const isSecure = url.protocol === 'https:';
  return { target: `${url.hostname}:${url.port || (isSecure ? '443' : '80')}`, isSecure };
}

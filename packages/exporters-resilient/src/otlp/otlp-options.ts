import { InvalidOptionError, type OptionKeys } from '@llm-otel/core';
import { type Breaker, type BreakerOptions, resolveBreaker } from '../delivery/breaker-options.ts';
import { type BufferOptions, resolveBuffer } from '../delivery/buffer-options.ts';
import { resolveRetry, type RetryOptions } from '../delivery/retry-options.ts';
import { knownOptions } from '../known-options.ts';
import { functionOption, methodsOption, numberOption, oneOfOption } from '../options.ts';
import { checkName } from '../owner-options.ts';
import { fetchTransport } from '../transport/fetch-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { refuseCredentials } from './refuse-credentials.ts';
import { type HeaderOption, HeaderSource } from './header-source.ts';
import type { RefusedRequest } from './refused-request.ts';

/** What OTLP over HTTP and over gRPC have in common. Nothing here reads the environment. */
export interface CommonOtlpOptions {
  /**
   * Names the destination in the ledger and in the log.
   * @defaultValue `otlp`
   */
  readonly name?: string | undefined;
  /**
   * Sent with every request. A function is asked once, and again when the receiver answers 401 (UNAUTHENTICATED); the
   * refused request is then sent once more. Of a name that is given twice, in whatever case, the last value counts. The values never appear in a log, an error or an inspected object.
   */
  readonly headers?: HeaderOption | undefined;
  /**
   * Longest time one attempt may take, in milliseconds. The request is then tried again.
   * @defaultValue 10000, as in the OTLP exporter specification
   */
  readonly timeoutMillis?: number | undefined;
  /**
   * Most requests on their way at once. Fewer where the receiver gets slower with more of them, one after a failure.
   * @defaultValue 4; 1 for metrics, whose points a back end wants in their order
   */
  readonly concurrency?: number | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly breaker?: BreakerOptions | undefined;
  readonly buffer?: BufferOptions | undefined;
  /**
   * Is given each request that the receiver refused for good, a single item that is too large for it among them, so
   * that it can be kept elsewhere. Must not throw and must not wait.
   * @defaultValue absent: what was refused is counted, and forgotten
   */
  readonly onRefused?: ((request: RefusedRequest) => void) | undefined;
}

/** Where and how requests are sent over HTTP. The same for every signal. */
export interface OtlpOptions extends CommonOtlpOptions {
  /** The whole URL of the signal, for example `http://localhost:4318/v1/traces`. */
  readonly url: string;
  /**
   * `gzip` saves traffic and costs several times the encoding; `zstd` packs better and costs less, but is not in the
   * OTLP specification: the Collector takes it. Bodies below 1 KiB are not compressed.
   * @defaultValue `none`, as in the OTLP exporter specification
   */
  readonly compression?: Compression | undefined;
  /**
   * For OTLP over gRPC there is `otlpGrpcDestination` of the `/grpc` entry point.
   * @defaultValue `http/protobuf`
   */
  readonly protocol?: 'http/protobuf' | 'http/json' | undefined;
  /** @defaultValue `fetchTransport()`; on Node.js `nodeTransport()` from the `/node` entry point costs less */
  readonly transport?: Transport | undefined;
}

export type Compression = 'none' | 'gzip' | 'zstd';

export interface ResolvedCommon {
  readonly name: string;
  readonly headers: HeaderSource;
  readonly timeoutMillis: number;
  /** Absent: as the signal has it. */
  readonly concurrency: number | undefined;
  readonly breaker: Breaker;
}

export interface ResolvedOtlp extends ResolvedCommon {
  readonly url: string;
  readonly compression: Compression;
  readonly json: boolean;
  readonly transport: Transport;
}

/** The names of what HTTP and gRPC have in common. */
export const commonOtlpKeys: OptionKeys<CommonOtlpOptions> = {
  name: true,
  headers: true,
  timeoutMillis: true,
  concurrency: true,
  retry: true,
  breaker: true,
  buffer: true,
  onRefused: true,
};
/** The names of what HTTP has. */
export const otlpKeys: OptionKeys<OtlpOptions> = {
  url: true,
  ...commonOtlpKeys,
  compression: true,
  protocol: true,
  transport: true,
};

/** Checks what HTTP and gRPC have in common. Throws {@link InvalidOptionError}. */
export function resolveCommon(options: CommonOtlpOptions): ResolvedCommon {
  // Needed only when it is opened, but checked now, where the user can see it.
  resolveRetry(options.retry);
  resolveBuffer(options.buffer);
  const { name = 'otlp' } = options;
  checkName(name);
  functionOption('onRefused', options.onRefused, 'a function that is given a refused request');
  return {
    name,
    headers: new HeaderSource(options.headers),
    timeoutMillis: numberOption('timeoutMillis', options.timeoutMillis, 10_000, { min: 1 }),
    concurrency:
      options.concurrency === undefined
        ? undefined
        : numberOption('concurrency', options.concurrency, 1, { min: 1, integer: true }),
    breaker: resolveBreaker(options.breaker),
  };
}

/** Checks the options. Throws {@link InvalidOptionError} naming the first one that cannot be used. */
export function resolveOtlp(options: OtlpOptions): ResolvedOtlp {
  knownOptions(options, otlpKeys);
  const { compression = 'none', protocol = 'http/protobuf' } = options;
  methodsOption(
    'transport',
    options.transport,
    ['send'],
    'fetchTransport(), nodeTransport() of the /node entry point, or an object with send()',
  );
  const transport = options.transport ?? fetchTransport();
  oneOfOption('compression', compression, ['none', 'gzip', 'zstd']);
  oneOfOption('protocol', protocol, ['http/protobuf', 'http/json'], PROTOCOL_HELP);
  if (compression === 'zstd' && transport.zstd === undefined)
    throw new InvalidOptionError({
      option: 'compression',
      value: compression,
      use: 'gzip, or a transport that has zstd: nodeTransport() of the /node entry point',
    });
  return {
    ...resolveCommon(options),
    url: checkedUrl(options.url),
    compression,
    json: protocol === 'http/json',
    transport,
  };
}

const PROTOCOL_HELP =
  'http/protobuf or http/json; for grpc there is otlpGrpcDestination of the /grpc entry point';

function checkedUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new InvalidOptionError({
      option: 'url',
      value,
      use: 'an absolute http or https URL such as http://localhost:4318/v1/traces',
    });
  refuseCredentials(url);
  return url.href;
}

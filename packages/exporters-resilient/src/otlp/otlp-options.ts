import { InvalidOptionError } from '@llm-otel/core';
import type { BufferOptions } from '../delivery/buffer-options.ts';
import type { RetryOptions } from '../delivery/retry-options.ts';
import { numberOption } from '../options.ts';
import { fetchTransport } from '../transport/fetch-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { SecretHeaders } from './secret-headers.ts';

/** Where and how requests are sent. The same for every signal. Nothing here reads the environment. */
export interface OtlpOptions {
  /**
   * Names the destination in the ledger and in the log.
   * @defaultValue `otlp`
   */
  readonly name?: string | undefined;
  /** The whole URL of the signal, for example `http://localhost:4318/v1/traces`. */
  readonly url: string;
  /** Sent with every request. The values never appear in a log, an error or an inspected object. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * `gzip` saves traffic and costs several times the encoding. Bodies below 1 KiB are not compressed.
   * @defaultValue `none`, as in the OTLP exporter specification
   */
  readonly compression?: 'none' | 'gzip' | undefined;
  /** @defaultValue `http/protobuf` */
  readonly protocol?: 'http/protobuf' | undefined;
  /**
   * Longest time one attempt may take, in milliseconds. The request is then tried again.
   * @defaultValue 10000, as in the OTLP exporter specification
   */
  readonly timeoutMillis?: number | undefined;
  /**
   * Requests on their way at once while all is well.
   * @defaultValue 4
   */
  readonly concurrency?: number | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly buffer?: BufferOptions | undefined;
  /** @defaultValue `fetchTransport()`; on Node.js `nodeTransport()` from the `/node` entry point costs less */
  readonly transport?: Transport | undefined;
}

export interface ResolvedOtlp {
  readonly name: string;
  readonly url: string;
  readonly headers: SecretHeaders;
  readonly compression: 'none' | 'gzip';
  readonly timeoutMillis: number;
  readonly concurrency: number;
  readonly transport: Transport;
}

/** Checks the options. Throws {@link InvalidOptionError} naming the first one that cannot be used. */
export function resolveOtlp(options: OtlpOptions): ResolvedOtlp {
  const { compression = 'none', protocol = 'http/protobuf', name = 'otlp' } = options;
  if (compression !== 'none' && compression !== 'gzip')
    throw new InvalidOptionError({
      option: 'compression',
      value: compression,
      use: 'none or gzip',
    });
  if (protocol !== 'http/protobuf')
    throw new InvalidOptionError({ option: 'protocol', value: protocol, use: 'http/protobuf' });
  return {
    name,
    url: checkedUrl(options.url),
    headers: new SecretHeaders(options.headers ?? {}, 'headers'),
    compression,
    timeoutMillis: numberOption('timeoutMillis', options.timeoutMillis, 10_000, { min: 1 }),
    concurrency: numberOption('concurrency', options.concurrency, 4, { min: 1, integer: true }),
    transport: options.transport ?? fetchTransport(),
  };
}

function checkedUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new InvalidOptionError({
      option: 'url',
      value,
      use: 'an absolute http or https URL such as http://localhost:4318/v1/traces',
    });
  if (url.username !== '' || url.password !== '')
    throw new InvalidOptionError({
      option: 'url',
      value,
      use: 'a URL without a user name and password, and an authorization header instead',
      secret: true,
    });
  return url.href;
}

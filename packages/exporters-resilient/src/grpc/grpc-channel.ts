import { createSecureContext } from 'node:tls';
import type { ChannelOptions, Client, Metadata, ServiceError } from '@grpc/grpc-js';
import { Code } from './codes.ts';
import { USER_AGENT } from '../otlp/user-agent.ts';
import type { SecretHeaders } from '../otlp/secret-headers.ts';
import type { TlsMaterial, TlsSource } from '../node/tls-options.ts';
import type { GrpcJs } from './grpc-js.ts';
import { ipAddressTarget } from './ip-address-target.ts';
import { metadataOf } from './metadata-of.ts';

export interface GrpcChannelOptions {
  readonly grpc: GrpcJs;
  /** As gRPC writes it: `host:port` or `unix:/path`. */
  readonly target: string;
  /** Absent: without TLS. */
  readonly tls: TlsSource | undefined;
  readonly gzip: boolean;
}

/** How a call ended. One with a message and an error has lost its end on the way. */
export interface CallResult {
  readonly error?: ServiceError | undefined;
  /** The message of the answer. */
  readonly body?: Uint8Array | undefined;
  /** Of the answer, where there was more of one than its end. */
  readonly contentType?: string | undefined;
}

interface OpenClient {
  readonly client: Client;
  readonly material: TlsMaterial | undefined;
  calls: number;
  /** Calls that the receiver has answered, well or not. */
  answers: number;
}

const asBytes = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The deadline is over, or the attempt with it: what a call on a dead connection ends with. */
function isSilence(code: number): boolean {
  return code === Code.DEADLINE_EXCEEDED || code === Code.CANCELLED;
}

/** A connection to one receiver for unary calls with bytes. Replaced when certificates are. */
export class GrpcChannel {
  readonly #options: GrpcChannelOptions;
  #open: OpenClient | undefined;

  constructor(options: GrpcChannelOptions) {
    this.#options = options;
  }

  /** @throws InvalidOptionError for headers that gRPC does not allow */
  metadata(headers: SecretHeaders): Metadata {
    return metadataOf(this.#options.grpc, headers);
  }

  /** One call. `onMessage` is told as soon as the message of the answer is there. Throws where TLS lacks its files. */
  call(
    path: string,
    request: Uint8Array,
    metadata: Metadata,
    deadline: number,
    signal: AbortSignal,
    onMessage: (body: Uint8Array) => void,
  ): Promise<CallResult> {
    let body: Uint8Array | undefined;
    let contentType: string | undefined;
    const open = this.#current();
    const { answers } = open;
    open.calls++;
    return new Promise((resolve) => {
      const call = open.client.makeUnaryRequest(
        path,
        asBytes,
        (answer: Buffer) => {
          body = answer;
          onMessage(answer);
          return answer;
        },
        request,
        metadata,
        { deadline },
        (error) => {
          open.calls--;
          if (error === null || body !== undefined || !isSilence(error.code)) open.answers++;
          // Nothing at all has come over it since: a dead connection may look alive for a quarter of an hour.
          else if (open.answers === answers && open === this.#open) this.#open = undefined;
          if (open !== this.#open && open.calls === 0) open.client.close();
          resolve({ error: error ?? undefined, body, contentType });
        },
      );
      call.on('metadata', (head: Metadata) => {
        contentType = String(head.get('content-type')[0] ?? '');
      });
      signal.addEventListener('abort', () => call.cancel(), { once: true });
    });
  }

  /** Calls on their way go on. */
  close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open?.calls === 0) open.client.close();
  }

  #current(): OpenClient {
    const material = this.#options.tls?.current();
    if (this.#open !== undefined && this.#open.material === material) return this.#open;
    this.close();
    const { grpc, target, gzip } = this.#options;
    const address = ipAddressTarget(target);
    const options: ChannelOptions = {
      'grpc.primary_user_agent': USER_AGENT,
      // Ours are the retries, and so is the time between two attempts to connect.
      'grpc.enable_retries': 0,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1000,
      ...(gzip && { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip }),
      ...(material !== undefined && address.options),
    };
    const credentials =
      material === undefined
        ? grpc.ChannelCredentials.createInsecure()
        : grpc.ChannelCredentials.createFromSecureContext(
            createSecureContext(material),
            address.verify,
          );
    this.#open = {
      client: new grpc.Client(target, credentials, options),
      material,
      calls: 0,
      answers: 0,
    };
    return this.#open;
  }
}

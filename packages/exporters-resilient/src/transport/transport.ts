/** One POST. */
export interface TransportRequest {
  readonly url: string;
  /** Names in lower case. Holds secrets: never print them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Aborted when the attempt has taken too long or the destination closes. The socket is then closed. */
  readonly signal: AbortSignal;
  /** To be called with the status and the headers of the answer, before its body is there: that may never come. */
  readonly onHead?: ((head: ResponseHead) => void) | undefined;
  /** A process that has nothing else to do need not wait for the answer: where somebody does, they keep it alive. */
  readonly isBackground?: boolean | undefined;
}

export interface ResponseHead {
  readonly status: number;
  /** `name` is in lower case. */
  header(name: string): string | undefined;
}

export interface TransportResponse extends ResponseHead {
  /** At most the first {@link MAX_RESPONSE_BYTES}. */
  readonly body: Uint8Array;
  /** The body did not come in full, or is longer than that. */
  readonly isTorn?: boolean | undefined;
}

/**
 * How a request reaches its receiver. Follows no redirect: headers may hold a token that is not for another
 * host. A failure to connect, to write or to read rejects, with a `code` where there is one.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Compresses a body. Absent: the platform's CompressionStream is used. */
  gzip?(body: Uint8Array): Promise<Uint8Array>;
  /** The same, with Zstandard. Absent: it is not to be had. */
  zstd?(body: Uint8Array): Promise<Uint8Array>;
  /** Closes connections that nobody is using. */
  close?(): void;
}

/** What is read of an answer. Partial-success messages are short; an endless body must not fill the memory. */
export const MAX_RESPONSE_BYTES: number = 64 * 1024;

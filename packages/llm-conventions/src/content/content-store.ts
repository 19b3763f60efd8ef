/** Content that is moved out of a span. */
export interface StoredContent {
  readonly bytes: Uint8Array;
  readonly mimeType?: string | undefined;
}

export interface ContentReference {
  /** Where the content is found. Stands on the span. */
  readonly uri: string;
  /** SHA-256 of the bytes, in lower-case hex. */
  readonly sha256: string;
}

/**
 * Keeps content that is too large for spans: a folder (`fileContentStore` of `@llm-otel/llm-conventions/node`), an
 * object store, a database. It is handed what redaction left, never anything that redaction has not seen.
 */
export interface ContentStore {
  /**
   * Takes content in and tells at once where it will be found; the writing may go on afterwards. Undefined where it is
   * not taken, because the store is full or closed. Should not block; what it throws is logged and counts as not taken.
   */
  put(content: StoredContent): ContentReference | undefined;
  /** Resolves when everything that was taken in is written or given up. */
  flush?(): Promise<void>;
}

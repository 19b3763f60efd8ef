/** What came out of decoding: a request, or why there is none and where. */
export type DecodeResult<T> =
  | { readonly ok: true; readonly value: T; readonly items: number; readonly unknownFields: number }
  | {
      readonly ok: false;
      readonly reason: string;
      /** Byte of a protobuf body, character of a JSON text. */ readonly offset: number;
    };

export interface DecodeLimits {
  /** Longest body that is looked at, in bytes or characters. @defaultValue 67108864 (64 MiB) */
  readonly maxBytes?: number | undefined;
  /** Messages inside messages. @defaultValue 100, as in the protobuf libraries of other languages */
  readonly maxDepth?: number | undefined;
}

/** Thrown inside the decoder only. */
export class DecodeError extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

export function limitsOf({ maxBytes = 64 * 1024 * 1024, maxDepth = 100 }: DecodeLimits): {
  readonly maxBytes: number;
  readonly maxDepth: number;
} {
  return { maxBytes, maxDepth };
}

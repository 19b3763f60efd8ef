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
  /**
   * Fields, and values of repeated ones, in the whole body, of JSON its objects, arrays and commas: two bytes may become an object of 80. What telemetry holds has ten
   * bytes and more for each. @defaultValue 2000000
   */
  readonly maxFields?: number | undefined;
}

/** Thrown inside the decoder only. */
export class DecodeError extends Error {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

export interface ResolvedLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxFields: number;
}

/** What is no number stands for the default: a decoder does not throw. */
export function limitsOf(limits: DecodeLimits | undefined): ResolvedLimits {
  // A caller without types may pass anything, null too.
  const given: unknown = limits;
  const { maxBytes, maxDepth, maxFields } = (given ?? {}) as DecodeLimits;
  return {
    maxBytes: limitOf(maxBytes, 64 * 1024 * 1024),
    maxDepth: limitOf(maxDepth, 100),
    maxFields: limitOf(maxFields, 2_000_000),
  };
}

function limitOf(value: unknown, byDefault: number): number {
  return typeof value === 'number' && value >= 0 ? value : byDefault;
}

/** Counts what is decoded, up to a limit. */
export class FieldCount {
  readonly #most: number;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Throws {@link DecodeError} at one too many. */
  next(offset: number): void {
    if (++this.#count > this.#most)
      throw new DecodeError(`there are more than ${this.#most} fields (maxFields)`, offset);
  }
}

/** Runs a decoder: whatever it throws is the reason that there is no request. */
export function decoding<T>(work: () => DecodeResult<T>): DecodeResult<T> {
  try {
    return work();
  } catch (error) {
    // A RangeError would be the stack or the memory; everything else is ours.
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, reason, offset: error instanceof DecodeError ? error.offset : 0 };
  }
}

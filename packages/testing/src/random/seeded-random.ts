/** Random numbers that are the same in every run with the same seed. Not for secrets. */
export interface SeededRandom {
  /** From 0 up to and not including 1, like `Math.random`. Can be handed on as a function. */
  readonly next: () => number;
  /** A whole number from 0 up to and not including `limit`. */
  integer(limit: number): number;
  /** So many lower-case hex digits, never only zeros: `hex(32)` is a trace id, `hex(16)` a span id. */
  hex(digits: number): string;
  bytes(length: number): Uint8Array;
  /** @throws RangeError for an empty list */
  pick<T>(items: readonly T[]): T;
  /** Fits the `idGenerator` option of a TracerProvider. */
  readonly idGenerator: {
    readonly generateTraceId: () => string;
    readonly generateSpanId: () => string;
  };
}

/** @param seed any number or text; `1` and `'1'` are the same seed */
export function seededRandom(seed: number | string = 1): SeededRandom {
  let state = hash(String(seed));

  // SplitMix32: a counter, mixed. Its period is 2^32, which is plenty for a test.
  const uint32 = (): number => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const next = (): number => uint32() / 2 ** 32;
  const integer = (limit: number): number => Math.floor(next() * limit);
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += uint32().toString(16).padStart(8, '0');
    text = text.slice(0, digits);
    return /[^0]/.test(text) ? text : `${text.slice(1)}1`;
  };

  return {
    next,
    integer,
    hex,
    bytes: (length) => Uint8Array.from({ length }, () => integer(256)),
    pick(items) {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[integer(items.length)] as (typeof items)[number];
    },
    idGenerator: { generateTraceId: () => hex(32), generateSpanId: () => hex(16) },
  };
}

/** FNV-1a over the text's characters. */
function hash(text: string): number {
  let value = 0x811c_9dc5;
  for (const character of text)
    value = Math.imul(value ^ (character.codePointAt(0) as number), 0x0100_0193) >>> 0;
  return value;
}

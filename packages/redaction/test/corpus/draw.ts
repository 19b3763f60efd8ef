const alphabets = {
  digit: '0123456789',
  hex: '0123456789abcdef',
  HEX: '0123456789ABCDEF',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  b32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  lower36: '0123456789abcdefghijklmnopqrstuvwxyz',
  upper36: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  b58: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  b62: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  url64: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-',
  b64: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/',
  bech32: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
} as const;

export type AlphabetName = keyof typeof alphabets;

/** Draws the same texts for the same seed, so that a corpus is the same on every machine. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, below 1. */
  number(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  int(from: number, to: number): number {
    return from + Math.floor(this.number() * (to - from + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }

  text(alphabet: AlphabetName, length: number): string {
    const characters = alphabets[alphabet];
    let text = '';
    for (let i = 0; i < length; i++) text += characters[this.int(0, characters.length - 1)]!;
    return text;
  }

  uuid(): string {
    const hex = (length: number): string => this.text('hex', length);
    return `${hex(8)}-${hex(4)}-4${hex(3)}-${this.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
  }

  /**
   * Fills a form: `{hex:32}` is 32 hex digits, `{b62:20-40}` 20 to 40 letters and digits, `{uuid}` a UUID, `{a|b}`
   * one of the two. Everything else stays as it is.
   */
  form(form: string): string {
    return form.replaceAll(/\{([^{}]+)\}/g, (_, part: string) => {
      if (part === 'uuid') return this.uuid();
      const [, name, least, most] = /^(\w+):(\d+)(?:-(\d+))?$/.exec(part) ?? [];
      // A brace of the text itself: `{ token: string }`.
      if (name === undefined) return part.includes('|') ? this.pick(part.split('|')) : `{${part}}`;
      return this.text(name as AlphabetName, this.int(Number(least), Number(most ?? least)));
    });
  }
}

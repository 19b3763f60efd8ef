/** Of a secret, so many characters in a row are no accident. */
export const PIECE = 8;
const PAIRS = 0x1_00_00;

/** Tells where a text has a piece of one of several secrets, wherever in the secret that stands. */
export class SecretPieces {
  readonly #pieces = new Set<string>();
  /** Which two characters a piece begins with: nearly every place of a text is passed over by that. */
  readonly #starts = new Uint8Array(PAIRS);

  /** @param secrets in lower case; shorter ones have no piece */
  constructor(secrets: readonly string[]) {
    for (const secret of secrets)
      for (let at = 0; at + PIECE <= secret.length; at++) {
        this.#pieces.add(secret.slice(at, at + PIECE));
        this.#starts[pairAt(secret, at)] = 1;
      }
  }

  /** `found` is told where each piece begins. */
  find(text: string, found: (at: number) => void): void {
    for (let at = 0; at + PIECE <= text.length; at++)
      if (this.#starts[pairAt(text, at)] === 1 && this.#pieces.has(text.slice(at, at + PIECE)))
        found(at);
  }
}

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xff) * 256 + (text.charCodeAt(at + 1) & 0xff);
}

/** Texts that stand in several places and are written once, as constants. */
export class SharedTexts {
  readonly #names = new Map<string, string>();

  /** The name of the constant that holds `text`. */
  name(text: string): string {
    const name = this.#names.get(text) ?? `SHARED_${this.#names.size + 1}`;
    this.#names.set(text, name);
    return name;
  }

  get constants(): string {
    return [...this.#names].map(([text, name]) => `const ${name} = ${text} as const;\n`).join('');
  }
}

/** What stands for a name of which nothing is left: one that is empty is none. */
const GONE = '[REDACTED]';

/**
 * Tells the entries of one map apart whose names became the same: `[REDACTED:email_address]`,
 * `[REDACTED:email_address] 2`, and so on. Redacted again, such a name stays what it is.
 */
export class FreeNames {
  readonly #last = new Map<string, number>();
  readonly #given = new Set<string>();
  readonly #isTaken: (name: string) => boolean;

  /** @param isTaken - whether another entry of the map has that name, or keeps it */
  constructor(isTaken: (name: string) => boolean) {
    this.#isTaken = isTaken;
  }

  /** A name that no other entry has, and none gets after this. */
  nameFor(redacted: string): string {
    const base = redacted === '' ? GONE : redacted;
    let number = this.#last.get(base) ?? 0;
    let name: string;
    do name = ++number === 1 ? base : `${base} ${number}`;
    while (this.#given.has(name) || this.#isTaken(name));
    this.#last.set(base, number);
    this.#given.add(name);
    return name;
  }
}

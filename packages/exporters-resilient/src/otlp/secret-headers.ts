import { InvalidOptionError } from '@llm-otel/core';

const REDACTED = '[redacted]';
// Shorter words are scheme names ("Basic") or nothing that can be told from ordinary text.
const SHORTEST_SECRET = 8;
const INSPECT: symbol = Symbol.for('nodejs.util.inspect.custom');

/** Request headers whose values never show: printed, logged or put into JSON they read `[redacted]`. */
export class SecretHeaders {
  readonly #headers: Readonly<Record<string, string>>;
  readonly #secrets: readonly string[];

  /** Throws {@link InvalidOptionError} for a name or value that HTTP does not allow; `option` names where. */
  constructor(headers: Readonly<Record<string, string>>, option: string) {
    const known: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) {
      try {
        new Headers().set(name, value);
      } catch {
        throw new InvalidOptionError({
          option: `${option}[${JSON.stringify(name)}]`,
          value,
          use: 'a header name and value that HTTP allows, without line breaks',
          secret: true,
        });
      }
      known[name.toLowerCase()] = value;
    }
    this.#headers = known;
    // The words of a value as well: a server may quote a token without the "Bearer" in front.
    const values = Object.values(known);
    this.#secrets = [...values, ...values.flatMap((value) => value.split(/\s+/))]
      .filter((word) => word.length >= SHORTEST_SECRET)
      .toSorted((a, b) => b.length - a.length);
    // What util.inspect and console.log of Node.js show instead of the object.
    Object.defineProperty(this, INSPECT, { value: () => this.toJSON() });
  }

  /** The real values, for the request itself. Names are in lower case. */
  reveal(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  /** `text` without any of the values. */
  scrub(text: string): string {
    return this.#secrets.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, REDACTED), text);
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.#headers).map((name) => [name, REDACTED]));
  }

  toString(): string {
    return JSON.stringify(this.toJSON());
  }
}

import { InvalidOptionError } from '@llm-otel/core';
import { headerEntries, type HeaderValues } from './header-entries.ts';
import { SecretWords } from './secret-words.ts';

const REDACTED = '[redacted]';
// What HTTP/1.1 takes between the blanks at the ends of a value, which fetch takes away.
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const INSPECT: symbol = Symbol.for('nodejs.util.inspect.custom');

/** What is no name may be a value in its place: only one of a few words is printed. */
function printableName(name: string): string {
  const isPrintable =
    NAME.test(name) || (/^[a-z -]{0,20}$/i.test(name) && !/^(?:bearer|basic|token)\b/i.test(name));
  return isPrintable ? JSON.stringify(name) : REDACTED;
}

/** Request headers whose values never show: printed, logged or put into JSON they read `[redacted]`. */
export class SecretHeaders {
  readonly #headers: Readonly<Record<string, string>>;
  readonly #words: SecretWords;

  /** Throws {@link InvalidOptionError} for a name or value that HTTP does not allow; `option` names where. */
  constructor(headers: HeaderValues, option: string) {
    const known: Record<string, string> = {};
    for (const [name, value] of headerEntries(headers, option)) {
      // A file of a token mostly ends in a line break.
      const trimmed = value.trim();
      if (!NAME.test(name) || !VALUE.test(trimmed))
        throw new InvalidOptionError({
          option: `${option}[${printableName(name)}]`,
          value,
          use: 'a header name and value that HTTP allows, without line breaks',
          secret: true,
        });
      known[name.toLowerCase()] = trimmed;
    }
    this.#headers = known;
    this.#words = new SecretWords(Object.values(known));
    // What util.inspect and console.log of Node.js show instead of the object.
    Object.defineProperty(this, INSPECT, { value: () => this.toJSON() });
  }

  /** The real values, for the request itself. Names are in lower case. */
  reveal(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  /** `text` without any of the values, in whatever form a receiver quotes them, or of those of others. */
  scrub(text: string, ...others: readonly SecretHeaders[]): string {
    return this.#words.scrub(text, ...others.map((headers) => headers.#words));
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.#headers).map((name) => [name, REDACTED]));
  }

  toString(): string {
    return JSON.stringify(this.toJSON());
  }
}

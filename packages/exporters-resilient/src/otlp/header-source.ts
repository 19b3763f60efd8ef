import { InvalidOptionError } from '@llm-otel/core';
import { failureCode } from '../delivery/failure-code.ts';
import { kindOf } from '../options.ts';
import type { HeaderValues } from './header-entries.ts';
import { SecretHeaders } from './secret-headers.ts';

/** Headers as they are, or a function that gets them: a token from a secret store, from a metadata server. */
export type HeaderOption = HeaderValues | (() => HeaderValues | Promise<HeaderValues>);

const INSPECT: symbol = Symbol.for('nodejs.util.inspect.custom');

/**
 * The headers of requests. A function is asked once, and again when a receiver has refused what it gave: by all
 * requests that wait for it together, not by each of them. Prints as names with `[redacted]` values.
 */
export class HeaderSource {
  readonly #get: Extract<HeaderOption, () => unknown> | undefined;
  #headers: SecretHeaders | undefined;
  /** Values that were replaced: an answer that comes late may still quote them. */
  #before: SecretHeaders | undefined;
  #asking: Promise<SecretHeaders> | undefined;

  /** Throws {@link InvalidOptionError} for a name or value that HTTP does not allow. */
  constructor(headers: HeaderOption = {}) {
    if (typeof headers === 'function') this.#get = headers;
    else this.#headers = new SecretHeaders(headers, 'headers');
    // What util.inspect and console.log of Node.js show instead of the object.
    Object.defineProperty(this, INSPECT, { value: () => this.toJSON() });
  }

  /** Whether there is any sense in {@link renewed}. */
  get canRenew(): boolean {
    return this.#get !== undefined;
  }

  /**
   * Rejects with a `code` that starts with `headers_` when the function does, or gives what HTTP does not allow. Once
   * `signal` is aborted nobody waits for an answer any more, and the next one asks again: it may never come.
   */
  current(signal?: AbortSignal): SecretHeaders | Promise<SecretHeaders> {
    return this.#headers ?? this.#ask(signal);
  }

  /** Other headers than `refused`, asked for now unless that has happened since. */
  renewed(refused: SecretHeaders, signal?: AbortSignal): SecretHeaders | Promise<SecretHeaders> {
    if (this.#headers !== undefined && this.#headers !== refused) return this.#headers;
    return this.#ask(signal);
  }

  /** `text` without any of the values. */
  scrub(text: string): string {
    const before = this.#before === undefined ? [] : [this.#before];
    return this.#headers?.scrub(text, ...before) ?? text;
  }

  toJSON(): Record<string, string> {
    return this.#headers?.toJSON() ?? {};
  }

  toString(): string {
    return JSON.stringify(this.toJSON());
  }

  #ask(signal: AbortSignal | undefined): Promise<SecretHeaders> {
    const asking = (this.#asking ??= this.#asked());
    const forget = (): void => {
      if (this.#asking === asking) this.#asking = undefined;
    };
    signal?.addEventListener('abort', forget, { once: true });
    asking.then(forget, forget);
    return asking;
  }

  async #asked(): Promise<SecretHeaders> {
    try {
      return await this.#fresh();
    } catch (cause) {
      // Its own message is not for the log: it may quote what it was asked with.
      const code = `headers_${failureCode(cause)}`;
      throw Object.assign(new Error(`headers() failed (${code})`, { cause }), { code });
    }
  }

  async #fresh(): Promise<SecretHeaders> {
    const headers = await this.#get?.();
    if (typeof headers !== 'object' || (headers as unknown) === null)
      throw new InvalidOptionError({
        option: 'headers()',
        value: kindOf(headers),
        use: 'a function that returns an object of header names and values, Headers, a Map or pairs',
      });
    this.#before = this.#headers;
    this.#headers = new SecretHeaders(headers, 'headers()');
    return this.#headers;
  }
}

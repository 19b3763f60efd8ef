import type { Context } from '@opentelemetry/api';

/**
 * A context with one value more. The API copies all values for each that is set, which a context that little or nothing is set in
 * need not pay for. The value is asked for when someone looks for it, each time.
 */
export class ContextWith implements Context {
  readonly #parent: Context;
  readonly #key: symbol;
  readonly #value: () => unknown;

  constructor(parent: Context, key: symbol, value: () => unknown) {
    this.#parent = parent;
    this.#key = key;
    this.#value = value;
  }

  getValue(key: symbol): unknown {
    return key === this.#key ? this.#value() : this.#parent.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return key === this.#key
      ? this.#parent.setValue(key, value)
      : this.#parent.setValue(this.#key, this.#value()).setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return key === this.#key
      ? this.#parent.deleteValue(key)
      : this.#parent.setValue(this.#key, this.#value()).deleteValue(key);
  }
}

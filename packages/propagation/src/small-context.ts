import { type Context, ROOT_CONTEXT } from '@opentelemetry/api';

/**
 * A context for the few values that travel: the span, the baggage, what an SDK adds. The API's own context copies a
 * `Map` for each value that is set, half of the time that reading a request's headers takes; this one copies a short
 * list. Immutable, and to its readers the same.
 */
export class SmallContext implements Context {
  readonly #base: Context;
  readonly #keys: readonly symbol[];
  readonly #values: readonly unknown[];

  private constructor(base: Context, keys: readonly symbol[], values: readonly unknown[]) {
    this.#base = base;
    this.#keys = keys;
    this.#values = values;
  }

  /** `context`, to set values on. */
  static on(context: Context): Context {
    if (context === ROOT_CONTEXT) return EMPTY;
    return context instanceof SmallContext ? context : new SmallContext(context, [], []);
  }

  getValue(key: symbol): unknown {
    const keys = this.#keys;
    for (let at = 0; at < keys.length; at++) {
      if (keys[at] === key) return this.#values[at];
    }
    return this.#base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    const at = this.#keys.indexOf(key);
    if (at === -1) {
      return new SmallContext(this.#base, [...this.#keys, key], [...this.#values, value]);
    }
    // In its place, so that a value that was overwritten is not kept alive.
    return new SmallContext(this.#base, this.#keys, this.#values.with(at, value));
  }

  deleteValue(key: symbol): Context {
    const base = this.#base.getValue(key) === undefined ? this.#base : this.#base.deleteValue(key);
    const at = this.#keys.indexOf(key);
    return at === -1
      ? new SmallContext(base, this.#keys, this.#values)
      : new SmallContext(base, this.#keys.toSpliced(at, 1), this.#values.toSpliced(at, 1));
  }

  /** Nothing on the root context. */
  static readonly empty: Context = new SmallContext(ROOT_CONTEXT, [], []);
}

const EMPTY = SmallContext.empty;

import type { Attributes } from '@opentelemetry/api';

interface Known {
  readonly names: readonly string[];
  readonly values: readonly unknown[];
  readonly redacted: Attributes;
}

/**
 * What attributes were redacted to, by the object. The metrics SDK hands the same object out with every collection,
 * but it can be the application's own, which may have changed since: then it is redacted again.
 */
export class KnownAttributes {
  readonly #known: WeakMap<Attributes, Known> = new WeakMap();

  get(attributes: Attributes): Attributes | undefined {
    const known = this.#known.get(attributes);
    if (known === undefined) return undefined;
    const names = Object.keys(attributes);
    const isUnchanged =
      names.length === known.names.length &&
      names.every(
        (name, index) =>
          name === known.names[index] && Object.is(attributes[name], known.values[index]),
      );
    return isUnchanged ? known.redacted : undefined;
  }

  /** Lists and maps can change within: attributes that hold one are not kept. */
  set(attributes: Attributes, redacted: Attributes): void {
    const names = Object.keys(attributes);
    const values = names.map((name) => attributes[name]);
    if (values.some((value) => typeof value === 'object' && value !== null)) return;
    this.#known.set(attributes, { names, values, redacted });
  }
}

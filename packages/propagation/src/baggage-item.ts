import { type Context, propagation } from '@opentelemetry/api';
import { FailureLog, InvalidOptionError, type OptionKeys } from '@llm-otel/core';
import { isAll, TOKEN } from './baggage/characters.ts';
import { MAX_BYTES } from './baggage/limits.ts';
import { knownOptions } from './known-options.ts';
import { SmallContext } from './small-context.ts';

const DEFAULT_MAX_BYTES = 256;

/** What a value of an item is: any text, a finite number, true or false, or one of a list of texts. */
export type BaggageItemType = 'string' | 'number' | 'boolean' | readonly string[];

/** The type of the values of an item. */
export type BaggageValue<Type extends BaggageItemType> = Type extends 'string'
  ? string
  : Type extends 'number'
    ? number
    : Type extends 'boolean'
      ? boolean
      : Type extends readonly (infer Text)[]
        ? Text
        : never;

export interface BaggageItemOptions<Type extends BaggageItemType> {
  /**
   * The key in baggage. Letters, digits and what else a header name may have.
   * @throws InvalidOptionError otherwise
   */
  readonly key: string;
  /** @throws InvalidOptionError unless one of the types */
  readonly type: Type;
  /**
   * Longest value as UTF-8, in bytes. A longer one is not set and not read: half of an id is a wrong id.
   * @defaultValue 256
   * @throws InvalidOptionError unless a whole number from 1 to 8192
   */
  readonly maxBytes?: number | undefined;
  /**
   * Whether the item may leave the process with requests and messages: `baggageKeysOf` lists it then.
   * @defaultValue false
   */
  readonly mayLeave?: boolean | undefined;
  /**
   * The attribute that `copyBaggageToSpans` writes, false for none.
   * @defaultValue the key
   */
  readonly attribute?: string | false | undefined;
  /**
   * Replaces a text before it is set, so that the clear value is nowhere in the context: a keyed hash of an address,
   * say. Not called for numbers and truth values. What it throws is logged, and nothing is set.
   */
  readonly protect?: ((text: string) => string) | undefined;
}

/** A value that travels with the context, with a type, a size and a rule about where it may go. */
export interface BaggageItem<Value = string | number | boolean> {
  readonly key: string;
  readonly mayLeave: boolean;
  /** The attribute it is copied to. */
  readonly attribute: string | undefined;
  /** A context with the value. The same context, and one logged failure, where it is not of the type or too long. */
  set(context: Context, value: Value): Context;
  /** The value, also of one that came in; `undefined` where there is none of the type and size. Never throws. */
  get(context: Context): Value | undefined;
  /** A context without it. */
  remove(context: Context): Context;
}

/**
 * Defines a baggage item. Both ends check type and size, so a value from a caller is as good as one set here.
 * @throws InvalidOptionError naming the option
 */
export function baggageItem<const Type extends BaggageItemType>(
  options: BaggageItemOptions<Type>,
): BaggageItem<BaggageValue<Type>> {
  check(options);
  const { key, type, maxBytes = DEFAULT_MAX_BYTES, mayLeave = false, attribute, protect } = options;
  const failures = new FailureLog();
  const textOf = (value: unknown): string | undefined => {
    const text = typeof value === 'string' ? (protect?.(value) ?? value) : String(value);
    return fits(text, maxBytes) ? text : undefined;
  };
  return {
    key,
    mayLeave,
    attribute: attribute === false ? undefined : (attribute ?? key),
    set(context, value) {
      // Checked as text, as the other end will read it, but for the texts of a list that are protected.
      const valid = protect === undefined ? isOf(type, value) : typeof value === 'string';
      const text = valid
        ? failures.guard(`protecting baggage ${key}`, () => textOf(value))
        : undefined;
      if (text === undefined) {
        failures.report(`setting baggage ${key}`, `not a value of its type in ${maxBytes} bytes`);
        return context;
      }
      const baggage = propagation.getBaggage(context) ?? propagation.createBaggage();
      return propagation.setBaggage(
        SmallContext.on(context),
        baggage.setEntry(key, { value: text }),
      );
    },
    get(context) {
      return failures.guard(`reading baggage ${key}`, () => {
        const text = propagation.getBaggage(context)?.getEntry(key)?.value;
        if (typeof text !== 'string' || !fits(text, maxBytes)) return undefined;
        const value = protect === undefined ? read(type, text) : text;
        return value as BaggageValue<Type> | undefined;
      });
    },
    remove(context) {
      const baggage = propagation.getBaggage(context);
      return baggage?.getEntry(key) === undefined
        ? context
        : propagation.setBaggage(SmallContext.on(context), baggage.removeEntry(key));
    },
  };
}

/** The keys of the items that may leave the process, for `baggageKeys` of a propagator. */
export function baggageKeysOf(items: readonly BaggageItem[]): string[] {
  return items.filter(({ mayLeave }) => mayLeave).map(({ key }) => key);
}

function isOf(type: BaggageItemType, value: unknown): boolean {
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (type === 'string' || type === 'boolean') return typeof value === type;
  return type.includes(value as string);
}

function read(type: BaggageItemType, text: string): unknown {
  if (type === 'string') return text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (type !== 'number') return type.includes(text) ? text : undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function fits(text: string, maxBytes: number): boolean {
  // Each character is a byte at least and three at most.
  if (text.length > maxBytes) return false;
  return text.length * 3 <= maxBytes || new TextEncoder().encode(text).length <= maxBytes;
}

const KNOWN: OptionKeys<BaggageItemOptions<BaggageItemType>> = {
  key: true,
  type: true,
  maxBytes: true,
  mayLeave: true,
  attribute: true,
  protect: true,
};

function check(options: BaggageItemOptions<BaggageItemType>): void {
  knownOptions('baggageItem', options, KNOWN);
  const { key, type, maxBytes, protect } = options;
  const fail = (option: string, value: unknown, use: string): never => {
    throw new InvalidOptionError({ option: `baggageItem.${option}`, value, use });
  };
  if (typeof key !== 'string' || key === '' || !isAll(TOKEN, key, 0, key.length)) {
    fail('key', key, 'letters, digits, dots and dashes, for example "session.id"');
  }
  const isList =
    Array.isArray(type) && type.length > 0 && type.every((text) => typeof text === 'string');
  if (!isList && type !== 'string' && type !== 'number' && type !== 'boolean') {
    fail('type', type, '"string", "number", "boolean" or a list of texts');
  }
  if (
    maxBytes !== undefined &&
    !(Number.isInteger(maxBytes) && maxBytes >= 1 && maxBytes <= MAX_BYTES)
  ) {
    fail('maxBytes', maxBytes, `a whole number from 1 to ${MAX_BYTES}`);
  }
  if (protect !== undefined && typeof protect !== 'function') {
    fail('protect', protect, 'a function from text to text');
  }
}

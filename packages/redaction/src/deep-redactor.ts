import type { Content } from './content/content.ts';
import { REMOVED } from './content/content-removal.ts';
import type { Beside } from './content/nested-content.ts';
import { isOfToolMessage } from './content/without-tools.ts';
import { SENSITIVE_KEY } from './detectors/sensitive-key.ts';
import { isRedacted } from './detectors/placeholder-value.ts';
import type { DeepRedactorParts } from './deep-redactor-parts.ts';
import { FreeNames } from './free-names.ts';
import { HARMLESS, type KeyVerdict, KeyVerdicts } from './key-verdicts.ts';
import { type Inner, innerBelow } from './keys/inner-values.ts';
import { joined } from './keys/joined-path.ts';
import type { KeyDecision } from './keys/key-rules.ts';
import type { Around } from './keys/named-leaf.ts';
import { LeafRedactor } from './leaf-redactor.ts';
import { personMemberOf, secretMemberOf } from './named-pair.ts';
import { bytesOf, redactBytes } from './redact-bytes.ts';
import {
  define,
  isMap,
  isObject,
  likeText,
  listAsRead,
  mapAsRead,
  textOf,
} from './value-shapes.ts';
import { writtenForm } from './written-form.ts';
import { secretItems } from './secret-items.ts';

const DEEPEST = 32;
const MOST_VALUES = 100_000;
const LONGEST_NAME = 256;

/** Redacts values of any shape. Copies what it changes, and nothing else. */
export class DeepRedactor {
  readonly #parts: DeepRedactorParts;
  readonly #leaves: LeafRedactor;
  readonly #verdicts: KeyVerdicts;
  /** The maps and lists around the value at hand, to notice a cycle. */
  readonly #around: object[] = [];
  #values = 0;
  /** The names of the maps around, where the policy does not keep all content. */
  readonly #names: string[] = [];
  /** What the event is about that the values belong to. */
  #event: Content | undefined;
  /** The attributes at hand, or the map that is redacted. */
  #outermost: unknown;
  /** True where the outermost map is one that the SDK has made. */
  #isData = false;

  constructor(parts: DeepRedactorParts) {
    this.#parts = parts;
    this.#leaves = new LeafRedactor(parts);
    this.#verdicts = new KeyVerdicts(parts.keys, (name) => this.#name(name));
  }

  /**
   * @param event - what the event is about that the value belongs to, as its attributes or its body
   * @param isData - true for a map without getters: the attributes that the SDK has collected
   */
  redact(value: unknown, event?: Content, isData: boolean = false): unknown {
    this.#isData = isData;
    this.#values = 0;
    this.#around.length = 0;
    this.#names.length = 0;
    this.#event = event;
    this.#outermost = value;
    try {
      const left = event === undefined || isMap(value) ? value : this.#content(value, event);
      if (left === value) return this.#value(value, 'none', '');
      return left === REMOVED ? undefined : left;
    } finally {
      this.#outermost = undefined;
      this.#parts.counts.attribute = undefined;
    }
  }

  #value(value: unknown, decision: KeyDecision, path: string, around?: Around): unknown {
    if (typeof value === 'string')
      return this.#leaves.text(value, decision, path, this.#names, around);
    if (typeof value === 'number' || typeof value === 'bigint')
      return this.#leaves.number(value, decision, around);
    if (typeof value === 'symbol') return this.#leaves.symbol(value);
    if (!isObject(value)) return value;
    if (++this.#values > MOST_VALUES) return this.#leaves.given('too_large');
    if (this.#around.length >= DEEPEST) return this.#leaves.given('too_deep');
    if (this.#around.includes(value)) return this.#leaves.given('circular');
    this.#around.push(value);
    try {
      const form = writtenForm(value);
      if (form !== undefined) {
        const redacted = this.#value(form.plain, decision, path, around);
        if (form.isFinal || !Object.is(redacted, form.plain)) return redacted;
      }
      if (Array.isArray(value)) return this.#list(value, decision, path, around);
      const bytes = bytesOf(value);
      if (bytes !== undefined)
        return (
          redactBytes(bytes, (text) =>
            this.#leaves.text(text, decision, path, this.#names, around),
          ) ?? value
        );
      return this.#map(value, path, around && innerBelow(around.inner, around.key));
    } catch (error) {
      return this.#parts.failed(error);
    } finally {
      this.#around.pop();
    }
  }

  /** What a key is called when it leaves. What is found in it is not found in the attribute before. */
  #name(name: string): string {
    const { counts, redactName } = this.#parts;
    const { attribute } = counts;
    if (this.#around.length === 1) counts.attribute = undefined;
    const redacted = redactName(name);
    counts.attribute = attribute;
    return redacted;
  }

  #list(
    original: readonly unknown[],
    decision: KeyDecision,
    path: string,
    around?: Around,
  ): readonly unknown[] {
    const list = original.length > MOST_VALUES ? original : listAsRead(original);
    let copy: unknown[] | undefined;
    // A list under a secret name goes item by item anyway.
    const secrets =
      decision === 'none'
        ? secretItems(list, this.#parts.keys, Array.isArray(this.#around.at(-2)))
        : [];
    for (let index = 0; index < list.length; index++) {
      if (++this.#values > MOST_VALUES)
        return [...(copy ?? list).slice(0, index), this.#leaves.given('too_large')];
      const value = list[index];
      const secret = secrets.find((found) => found.index === index);
      const redacted =
        secret === undefined
          ? this.#value(value, decision, path, around)
          : this.#leaves.withoutPart(value as string, secret, path);
      if (!Object.is(redacted, value)) (copy ??= [...list])[index] = redacted;
    }
    return copy ?? list;
  }

  #map(map: object, path: string, inner: Inner | undefined): object {
    try {
      return this.#readableMap(map as Readonly<Record<string, unknown>>, path, inner);
    } catch {
      // A getter or a proxy that throws: once more, each member on its own.
      return this.#unreadableMap(map as Readonly<Record<string, unknown>>, path, inner);
    }
  }

  /** @param inner - what the names around say about what is in it */
  #readableMap(
    original: Readonly<Record<string, unknown>>,
    path: string,
    inner: Inner | undefined,
  ): object {
    const isOutermost = this.#around.length === 1;
    const isKnown = this.#isData && isOutermost;
    const { redact, keys, counts, contentRemoval } = this.#parts;
    const { usesPaths } = keys;
    const map = isKnown ? original : mapAsRead(original);
    const looksInside = contentRemoval.isActive;
    const beside = looksInside ? contentRemoval.beside(map, !isOutermost) : undefined;
    const secretMember = isOutermost ? undefined : secretMemberOf(map, path, this.#parts);
    const personMember =
      keys.findsPersons && !isKnown ? personMemberOf(map, this.#parts) : undefined;
    const mayBeHarmless = inner === undefined;
    const hasNamed = secretMember !== undefined || personMember !== undefined;
    let copy: Record<string, unknown> | undefined;
    let freeNames: FreeNames | undefined;
    for (const key of Object.keys(map)) {
      const value = map[key];
      const isSecret = key === secretMember?.key;
      if (hasNamed && ((isSecret && secretMember.inner === undefined) || key === personMember)) {
        const kind = isSecret ? SENSITIVE_KEY : 'person_name';
        const text = this.#parts.replace(kind, textOf(value)!);
        define((copy ??= { ...map }), key, likeText(value, text));
        continue;
      }
      const verdict = this.#verdict(key, path);
      if (isOutermost) counts.attribute = verdict === HARMLESS ? key : verdict.name;
      let redacted: unknown;
      const given = this.#leaves.withoutLabelled(key, value, verdict);
      const isHarmless = mayBeHarmless && verdict === HARMLESS;
      if (isHarmless && (typeof value === 'number' || typeof value === 'boolean')) continue;
      if (isHarmless && typeof given === 'string' && !looksInside) {
        // Nearly all members: a harmless key with a text that was seen before.
        redacted = redact(given, usesPaths ? joined(path, key) : '');
        if (redacted === '' && value !== '') redacted = REMOVED;
      } else {
        const around = isSecret ? secretMember.inner : inner;
        redacted = this.#member(given, verdict, key, path, around, beside);
      }
      const name = verdict === HARMLESS ? key : verdict.name;
      if (redacted === value && name === key) continue;
      const left = (copy ??= { ...map });
      if (redacted === REMOVED || name !== key) delete left[key];
      if (redacted === REMOVED) continue;
      if (name === key) define(left, key, redacted);
      else {
        freeNames ??= new FreeNames((other) => Object.hasOwn(left, other));
        define(left, freeNames.nameFor(name), redacted);
      }
    }
    return copy ?? map;
  }

  #unreadableMap(
    map: Readonly<Record<string, unknown>>,
    path: string,
    inner: Inner | undefined,
  ): object {
    const copy: Record<string, unknown> = {};
    const keys = Object.keys(map);
    const kept = new Set(keys);
    const freeNames = new FreeNames((name) => kept.has(name));
    for (const key of keys) {
      let name = key;
      let redacted: unknown;
      try {
        const verdict = this.#verdict(key, path);
        if (verdict !== HARMLESS) name = verdict.name;
        const given = this.#leaves.withoutLabelled(key, map[key], verdict);
        redacted = this.#member(given, verdict, key, path, inner);
      } catch (error) {
        redacted = this.#parts.failed(error);
      }
      if (redacted === REMOVED) continue;
      define(copy, name === key ? key : freeNames.nameFor(name), redacted);
    }
    return copy;
  }

  #member(
    value: unknown,
    { decision, content: own, isStatement }: KeyVerdict,
    key: string,
    path: string,
    outer: Inner | undefined,
    beside?: Beside,
  ): unknown {
    if (decision === 'allow') return value;
    if (typeof value === 'string' && this.#parts.isAllowed(value)) return value;
    const content =
      beside === undefined
        ? own
        : (own ?? this.#parts.contentRemoval.nested(this.#names, key, beside));
    if (content !== undefined) {
      const left = this.#content(value, this.#withRole(content, key));
      if (left !== value) return left;
    }
    const isBlocked = decision === 'block' && value !== undefined;
    if (isBlocked && typeof value !== 'string') return this.#leaves.byKeyOrRemoved('');
    if (isBlocked && !isRedacted(value as string))
      return this.#leaves.byKeyOrRemoved(value as string);
    const below = this.#parts.keys.usesPaths ? joined(path, key) : '';
    if (beside !== undefined) this.#names.push(key);
    const name = this.#parts.keys.usesPaths ? below : key;
    const inner = isObject(value) ? this.#parts.keys.inside(name.slice(-LONGEST_NAME)) : undefined;
    const around = inner ? { inner, key: '' } : outer && { inner: outer, key };
    const given = isStatement ? this.#leaves.statement(value, this.#outermost) : value;
    const redacted = this.#value(given, decision, below, around);
    if (beside !== undefined) this.#names.pop();
    // Only the action `remove` leaves nothing of a text.
    return redacted === '' && value !== '' ? REMOVED : redacted;
  }

  /** A message of which each part is an attribute says in another one that it is a tool's. */
  #withRole(content: Content, key: string): Content {
    const isTool =
      this.#parts.contentRemoval.dropsTools &&
      isMap(this.#outermost) &&
      isOfToolMessage(key, this.#outermost);
    return isTool ? { ...content, isTool } : content;
  }

  /** What is left of content: the value itself when it stays, and only what is found in it goes. */
  #content(value: unknown, content: Content): unknown {
    const left = this.#parts.contentRemoval.left(value, content, this.#outermost);
    return left === value || left === REMOVED ? left : this.#value(left, 'none', '');
  }

  #verdict(key: string, path: string): KeyVerdict {
    const { usesPaths } = this.#parts.keys;
    return this.#verdicts.of(key, usesPaths ? path : '', this.#around.length === 1, this.#event);
  }
}

import { REMOVED } from './content/content-removal.ts';
import type { DeepRedactorParts } from './deep-redactor-parts.ts';
import { SENSITIVE_KEY } from './detectors/sensitive-key.ts';
import type { KeyVerdict } from './key-verdicts.ts';
import type { SecretArgument } from './keys/command-options.ts';
import type { KeyDecision } from './keys/key-rules.ts';
import { type Around, kindOfNumber, kindOfText } from './keys/named-leaf.ts';
import { isOfRedis, redactRedisStatement } from './redis-statement.ts';

/** Redacts what is no map and no list: texts, numbers, symbols, each as the names around it say. */
export class LeafRedactor {
  readonly #parts: DeepRedactorParts;

  constructor(parts: DeepRedactorParts) {
    this.#parts = parts;
  }

  /** @param names - those of the maps around, where the policy does not keep all content */
  text(
    text: string,
    decision: KeyDecision,
    path: string,
    names: readonly string[],
    around?: Around,
  ): string {
    if (this.#parts.isAllowed(text)) return text;
    const value = this.#parts.contentRemoval.text(text, names);
    const isNamed = decision !== 'none' || around !== undefined;
    const kind = isNamed ? kindOfText(value, decision, around) : undefined;
    return kind === undefined ? this.#parts.redact(value, path) : this.#parts.replace(kind, value);
  }

  number(value: number | bigint, decision: KeyDecision, around?: Around): unknown {
    if (decision === 'none' && around === undefined) return value;
    const text = String(value);
    const kind = kindOfNumber(text, decision, around);
    const stays = kind === undefined || this.#parts.isAllowed(text);
    return stays ? value : this.#parts.replace(kind, text);
  }

  symbol(value: symbol): unknown {
    const text = String(value);
    const redacted = this.#parts.redact(text, '');
    return redacted === text ? value : redacted;
  }

  /** An item of a list without the secret that another one has announced. */
  withoutPart(value: string, { from, to }: SecretArgument, path: string): string {
    if (this.#parts.isAllowed(value)) return value;
    const left = value.slice(0, from) + this.byKey(value.slice(from, to)) + value.slice(to);
    // What stands around it may be of another kind: `ada@example.com:…`.
    return this.#parts.redact(left, path);
  }

  /** The value without what its key says it is, where the key asks for nothing else. */
  withoutLabelled(key: string, value: unknown, { decision }: KeyVerdict): unknown {
    const { labelled } = this.#parts;
    const isLabel = labelled !== undefined && decision === 'none' && typeof value === 'string';
    return isLabel ? labelled(key, value) : value;
  }

  /** Commands of Redis may be written in any case: there the attributes beside it tell. */
  statement(value: unknown, attributes: unknown): unknown {
    if (typeof value !== 'string' || !isOfRedis(attributes)) return value;
    return redactRedisStatement(value, (password) =>
      this.#parts.isAllowed(password) ? password : this.byKey(password),
    );
  }

  /** What is left of a value that goes because of its key. */
  byKeyOrRemoved(value: string): unknown {
    const replacement = this.byKey(value);
    return this.#parts.removesBlocked ? REMOVED : replacement;
  }

  byKey(value: string): string {
    return this.#parts.replace(SENSITIVE_KEY, value);
  }

  /** A value that is given up for its shape. */
  given(reason: string): string {
    this.#parts.counts.redacted(reason, 'mask');
    return `[REDACTED:${reason}]`;
  }
}

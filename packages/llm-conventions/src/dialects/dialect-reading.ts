import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import { safeJson } from '../content/safe-json.ts';
import { parsedJson } from '../messages/parts.ts';

/**
 * The attributes of a foreign span while they are read in today's names: what is taken is gone, what is set is there
 * afterwards, and everything else stays. A name of today that the span has already is never replaced.
 */
export class DialectReading {
  readonly span: ReadableSpan;
  /** The name of the span, where it is to be another one. */
  name: string | undefined;
  /** Its library says that it is something else than a call of a model, such as a chain or a tool. */
  isNoCall = false;
  readonly #left: Record<string, unknown>;
  #events: ReadableSpan['events'] | undefined;

  constructor(span: ReadableSpan) {
    this.span = span;
    this.#left = { ...span.attributes };
  }

  has(name: string): boolean {
    return this.#left[name] !== undefined;
  }

  peek(name: string): unknown {
    return this.#left[name];
  }

  take(name: string): unknown {
    const value = this.#left[name];
    if (value !== undefined) delete this.#left[name];
    return value;
  }

  takeString(name: string): string | undefined {
    const value = this.#left[name];
    if (typeof value !== 'string' || value === '') return undefined;
    delete this.#left[name];
    return value;
  }

  takeNumber(name: string): number | undefined {
    const value = this.#left[name];
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
    delete this.#left[name];
    return number;
  }

  /** The value of a JSON text, or the value itself. */
  takeJson(name: string): unknown {
    return parsedJson(this.take(name));
  }

  /** The members of a list that is spread over attributes, `<prefix>0.role`, …, by their names without `prefix`: those that have a value. */
  takeList(prefix: string): Map<string, unknown> {
    const taken = new Map<string, unknown>();
    for (const name of Object.keys(this.#left)) {
      if (!name.startsWith(prefix) || !isDigit(name.charCodeAt(prefix.length))) continue;
      const value = this.#left[name];
      delete this.#left[name];
      if (value !== undefined && value !== null) taken.set(name.slice(prefix.length), value);
    }
    return taken;
  }

  /** Takes the events of the span for which `take` answers true. */
  takeEvents(take: (event: ReadableSpan['events'][number]) => boolean): void {
    const { events } = this.span;
    const left = events.filter((event) => !take(event));
    if (left.length < events.length) this.#events = left;
  }

  /** Sets a name of today, unless it has a value or `value` is none. */
  set(name: string, value: unknown): void {
    if (value !== undefined && value !== null && this.#left[name] === undefined)
      this.#left[name] = value;
  }

  /** Replaces what is there. */
  put(name: string, value: unknown): void {
    this.#left[name] = value;
  }

  /** Content is JSON text on a span. */
  setJson(name: string, value: unknown): void {
    if (value !== undefined) this.set(name, typeof value === 'string' ? value : safeJson(value));
  }

  /** `from` under the name `to`. */
  rename(from: string, to: string): void {
    if (this.has(from)) this.set(to, this.take(from));
  }

  /** The first of `from` that is there; all of them are taken. */
  renameNumber(to: string, ...from: readonly string[]): void {
    for (const name of from) this.set(to, this.takeNumber(name));
  }

  result(): Attributes {
    return this.#left;
  }

  /** Undefined where all of them stayed. */
  get events(): ReadableSpan['events'] | undefined {
    return this.#events;
  }
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

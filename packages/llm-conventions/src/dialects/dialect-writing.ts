import type { Attributes, HrTime } from '@opentelemetry/api';
import type { TimedEvent } from '@llm-otel/core';
import { safeJson } from '../content/safe-json.ts';
import type { SpanFacts } from './span-facts.ts';

/**
 * The attributes of a span in another vocabulary. A name of today that was said in it is remembered, so that it can be
 * left out where only that vocabulary is wanted.
 */
export class DialectWriting {
  readonly facts: SpanFacts;
  readonly attributes: Record<string, unknown> = {};
  readonly events: TimedEvent[] = [];
  /** Names of today that are said in other words. */
  readonly said: Set<string> = new Set();

  constructor(facts: SpanFacts) {
    this.facts = facts;
  }

  /** Says `value` as `name`; `from` are the names of today it was taken from. */
  set(name: string, value: unknown, ...from: readonly string[]): void {
    if (value === undefined || value === null) return;
    this.attributes[name] = value;
    this.say(...from);
  }

  /** Remembers names of today that are said. */
  say(...names: readonly string[]): void {
    for (const name of names) this.said.add(name);
  }

  setJson(name: string, value: unknown, ...from: readonly string[]): void {
    if (value !== undefined)
      this.set(name, typeof value === 'string' ? value : safeJson(value), ...from);
  }

  /** An event that the vocabulary has; attributes without a value are left out. */
  addEvent(name: string, attributes: Readonly<Record<string, unknown>>, time: HrTime): void {
    const known: Attributes = Object.fromEntries(
      Object.entries(attributes).filter(([, value]) => value !== undefined),
    );
    this.events.push({ name, attributes: known, time });
  }

  /** The value of `from` as `name`. */
  rename(from: string, name: string): void {
    this.set(name, this.facts.value(from), from);
  }
}

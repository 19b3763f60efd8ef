import type { Attributes } from '@opentelemetry/api';
import { matchesPattern } from './policy/matches-pattern.ts';
import type { AttributeMatch } from './policy/sampling-condition.ts';

/** Whether the value of an attribute, `undefined` where it is missing, is what a policy asks for. */
export type ValueCondition = (value: unknown) => boolean;

export function valueConditionOf(match: AttributeMatch): ValueCondition {
  if (typeof match !== 'object') return (value) => value === match;
  const { oneOf, like, min, max, exists } = match;
  const parts: ValueCondition[] = [];
  // A newer SDK lets null in, which is a value that is missing to every receiver.
  if (exists !== undefined) {
    parts.push((value) => (value !== undefined && value !== null) === exists);
  }
  if (min !== undefined) parts.push((value) => typeof value === 'number' && value >= min);
  if (max !== undefined) parts.push((value) => typeof value === 'number' && value <= max);
  if (like !== undefined) parts.push(textConditionOf(like));
  if (oneOf !== undefined) {
    const values = new Set<unknown>(oneOf);
    parts.push((value) => values.has(value));
  }
  return allOf(parts) ?? (() => true);
}

/** Reads an attribute. Every object has members such as `constructor`, which are no attributes. */
export function attributeReader(key: string): (attributes: Attributes) => unknown {
  return key in Object.prototype
    ? (attributes) => (Object.hasOwn(attributes, key) ? attributes[key] : undefined)
    : (attributes) => attributes[key];
}

/** One condition that holds where all of them do; `undefined` for none. */
export function allOf<T>(
  parts: readonly ((subject: T) => boolean)[],
): ((subject: T) => boolean) | undefined {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return first;
  return (subject) => parts.every((holds) => holds(subject));
}

/** Whether a value is a text, and the one that a pattern asks for: `*` stands for any text. */
export function textConditionOf(pattern: string): ValueCondition {
  return pattern.includes('*')
    ? (value) => typeof value === 'string' && matchesPattern(pattern, value)
    : (value) => value === pattern;
}

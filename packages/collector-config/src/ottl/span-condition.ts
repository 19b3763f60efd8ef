import type { AttributeMatch, SamplingCondition } from '@llm-otel/sampling/policy';
import { ottlNumber, ottlString } from './literals.ts';
import { textCondition } from './text-condition.ts';

/** `span.attributes["gen_ai.agent.name"]` */
export function spanAttribute(key: string): string {
  return `span.attributes[${ottlString(key)}]`;
}

/** The part of a condition that one span has to fulfil, as one expression in OTTL; `undefined` where there is none. */
export function spanConditionOf(when: SamplingCondition): string | undefined {
  const { name, kind, service, attributes, model, agent } = when;
  const parts: string[] = [];
  if (kind !== undefined) parts.push(`span.kind == SPAN_KIND_${kind.toUpperCase()}`);
  if (name !== undefined) parts.push(textCondition('span.name', name, true));
  if (agent !== undefined) parts.push(textCondition(spanAttribute('gen_ai.agent.name'), agent));
  if (model !== undefined) {
    const either = ['gen_ai.request.model', 'gen_ai.response.model'].map((key) =>
      textCondition(spanAttribute(key), model),
    );
    parts.push(anyOf(either));
  }
  for (const [key, match] of Object.entries(attributes ?? {})) {
    parts.push(...valueConditions(spanAttribute(key), match));
  }
  if (service !== undefined) {
    parts.push(textCondition('resource.attributes["service.name"]', service));
  }
  return parts.length === 0 ? undefined : parts.join(' and ');
}

/** What must hold of the value at `path`. A comparison with a missing value, or one of another type, does not hold. */
function valueConditions(path: string, match: AttributeMatch): readonly string[] {
  if (typeof match !== 'object') return [`${path} == ${literal(match)}`];
  const { oneOf, like, min, max, exists } = match;
  const parts: string[] = [];
  if (exists !== undefined) parts.push(`${path} ${exists ? '!=' : '=='} nil`);
  if (min !== undefined) parts.push(`${path} >= ${ottlNumber(min)}`);
  if (max !== undefined) parts.push(`${path} <= ${ottlNumber(max)}`);
  if (like !== undefined) parts.push(textCondition(path, like));
  if (oneOf !== undefined) parts.push(anyOf(oneOf.map((value) => `${path} == ${literal(value)}`)));
  return parts;
}

function anyOf(conditions: readonly string[]): string {
  const parts = conditions.map((one) => (one.includes(' and ') ? `(${one})` : one));
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' or ')})`;
}

function literal(value: string | number | boolean): string {
  if (typeof value === 'number') return ottlNumber(value);
  return typeof value === 'string' ? ottlString(value) : String(value);
}

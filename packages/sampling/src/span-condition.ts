import { type Attributes, SpanKind } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
} from '@llm-otel/llm-conventions';
import {
  allOf,
  attributeReader,
  textConditionOf,
  valueConditionOf,
} from './attribute-condition.ts';
import type { SamplingCondition, SpanKindName } from './policy/sampling-condition.ts';

export const ATTR_SERVICE_NAME = 'service.name';
const KINDS: Readonly<Record<SpanKindName, SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** What a condition looks at. A span has all of it; at the start of a span the resource is not known. */
export interface SpanFacts {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  readonly resource?: { readonly attributes: Attributes };
}

export type SpanCondition = (span: SpanFacts) => boolean;

/** The part of a condition that one span has to fulfil; `undefined` where there is none. */
export function spanConditionOf(when: SamplingCondition = {}): SpanCondition | undefined {
  const { name, kind, service, attributes, model, agent } = when;
  const parts: SpanCondition[] = [];
  // The cheap and telling ones first.
  if (kind !== undefined) {
    const wanted = KINDS[kind];
    parts.push((span) => span.kind === wanted);
  }
  if (name !== undefined) {
    const holds = textConditionOf(name);
    parts.push((span) => holds(span.name));
  }
  if (agent !== undefined) {
    const holds = textConditionOf(agent);
    parts.push((span) => holds(span.attributes[ATTR_GEN_AI_AGENT_NAME]));
  }
  if (model !== undefined) {
    const holds = textConditionOf(model);
    parts.push(
      ({ attributes }) =>
        holds(attributes[ATTR_GEN_AI_REQUEST_MODEL]) ||
        holds(attributes[ATTR_GEN_AI_RESPONSE_MODEL]),
    );
  }
  for (const [key, match] of Object.entries(attributes ?? {})) {
    const holds = valueConditionOf(match);
    const valueIn = attributeReader(key);
    parts.push((span) => holds(valueIn(span.attributes)));
  }
  if (service !== undefined) {
    const holds = textConditionOf(service);
    parts.push((span) => holds(span.resource?.attributes[ATTR_SERVICE_NAME]));
  }
  return allOf(parts);
}

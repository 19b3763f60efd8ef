import { ATTR_GEN_AI_AGENT_NAME, ATTR_GEN_AI_REQUEST_MODEL } from '@llm-otel/llm-conventions';
import type { Keep, SamplingKey } from '../policy/sampling-policy.ts';
import { ATTR_SERVICE_NAME, type SpanFacts } from '../span-condition.ts';

const MAX_KEY_LENGTH = 200;

/** What a rate is counted by, as a span has it; `undefined` where it has none. */
export type KeyOf = (span: SpanFacts) => string | undefined;

/** Where the keep has a rate with a key. */
export function keyOfKeep(keep: Keep): KeyOf | undefined {
  return typeof keep === 'object' && 'rate' in keep && keep.rate.per !== undefined
    ? keyOf(keep.rate.per)
    : undefined;
}

function keyOf(key: SamplingKey): KeyOf {
  switch (key) {
    case 'name':
      return ({ name }) => textOf(name);
    case 'service':
      return ({ resource }) => textOf(resource?.attributes[ATTR_SERVICE_NAME]);
    case 'model':
      return ({ attributes }) => textOf(attributes[ATTR_GEN_AI_REQUEST_MODEL]);
    case 'agent':
      return ({ attributes }) => textOf(attributes[ATTR_GEN_AI_AGENT_NAME]);
    default: {
      const { attribute } = key;
      return ({ attributes }) => textOf(attributes[attribute]);
    }
  }
}

/** Short enough to be held by the thousand. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') {
    // A slice would hold on to all of it.
    return value.length > MAX_KEY_LENGTH
      ? Array.from(value.slice(0, MAX_KEY_LENGTH)).join('')
      : value;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

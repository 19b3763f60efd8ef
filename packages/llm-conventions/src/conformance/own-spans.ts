import {
  ATTR_LLM_OTEL_APPROVAL_NAME,
  ATTR_LLM_OTEL_DECISION_NAME,
  ATTR_LLM_OTEL_EVALUATION_NAME,
  ATTR_LLM_OTEL_STEP_INDEX,
  ATTR_LLM_OTEL_STEP_NAME,
} from '../generated/attributes.ts';
import type { AttributeValues } from './attribute-findings.ts';
import type { KindName } from './span-types.ts';

/** Kinds of span that the conventions do not have: the word their names begin with, and an attribute that only they have. */
const OWN: readonly (readonly [word: string, attribute: string])[] = [
  ['step', ATTR_LLM_OTEL_STEP_INDEX],
  // Outside of a run it has no place.
  ['step', ATTR_LLM_OTEL_STEP_NAME],
  ['decide', ATTR_LLM_OTEL_DECISION_NAME],
  ['approval', ATTR_LLM_OTEL_APPROVAL_NAME],
  ['evaluation', ATTR_LLM_OTEL_EVALUATION_NAME],
];

/** Whether it is a span of `@llm-otel/agent-tracing` or of an evaluation, of a kind that the conventions do not have. */
export function isOwnSpan(name: string, kind: KindName, attributes: AttributeValues): boolean {
  return (
    kind === 'INTERNAL' &&
    OWN.some(
      ([word, attribute]) => attributes[attribute] !== undefined && name.startsWith(`${word} `),
    )
  );
}

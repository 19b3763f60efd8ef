import type { Attributes, Link, Span } from '@opentelemetry/api';
import {
  ATTR_LLM_OTEL_LINK_KIND,
  LLM_OTEL_LINK_KIND_VALUE_DECISION,
  LLM_OTEL_LINK_KIND_VALUE_FALLBACK,
  LLM_OTEL_LINK_KIND_VALUE_RETRY,
  type LlmOtelLinkKindValue,
  spanContextOf,
} from '@llm-otel/llm-conventions';
import type { Relations, SpanSource } from './relation-types.ts';

/** A link to a span; none where there is no span to link to, as with telemetry switched off. */
export function linkTo(
  source: SpanSource,
  kind: LlmOtelLinkKindValue,
  attributes: Attributes = {},
): Link[] {
  const context = spanContextOf('span' in source ? source.span : source);
  return context === undefined
    ? []
    : [{ context, attributes: { [ATTR_LLM_OTEL_LINK_KIND]: kind, ...attributes } }];
}

export function relationLinks({ retryOf, fallbackFor, outcomeOf }: Relations): Link[] {
  return [
    ...(retryOf === undefined ? [] : linkTo(retryOf, LLM_OTEL_LINK_KIND_VALUE_RETRY)),
    ...(fallbackFor === undefined ? [] : linkTo(fallbackFor, LLM_OTEL_LINK_KIND_VALUE_FALLBACK)),
    ...(outcomeOf === undefined ? [] : linkTo(outcomeOf, LLM_OTEL_LINK_KIND_VALUE_DECISION)),
  ];
}

/** Which attempt a span was. Only those that replaced another one are kept. */
const attempts = new WeakMap<Span, number>();

/** Number of the attempt that `span` is, where it replaces another one. */
export function attemptOf(span: Span, { retryOf, fallbackFor }: Relations): number | undefined {
  const replaced = retryOf ?? fallbackFor;
  if (replaced === undefined) return undefined;
  const before = 'span' in replaced ? replaced.span : replaced;
  const attempt = ('isRecording' in before ? (attempts.get(before) ?? 1) : 1) + 1;
  attempts.set(span, attempt);
  return attempt;
}

import type { Attributes, Link, Span } from '@opentelemetry/api';
import { FailureLog, InvalidOptionError } from '@llm-otel/core';
import {
  ATTR_LLM_OTEL_LINK_KIND,
  LLM_OTEL_LINK_KIND_VALUE_DECISION,
  LLM_OTEL_LINK_KIND_VALUE_FALLBACK,
  LLM_OTEL_LINK_KIND_VALUE_RETRY,
  type LlmOtelLinkKindValue,
  spanContextOf,
} from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import type { Relations } from './relation-types.ts';

const failures = new FailureLog();

/** What links are made of: an option and the span it means, in whatever form, also none. */
export interface LinkOption {
  /** As the user wrote it: `retryOf`. */
  readonly option: string;
  readonly value: unknown;
  readonly kind: LlmOtelLinkKindValue;
  readonly attributes?: Attributes;
}

/**
 * A link to a span; none where there is no span to link to, as with telemetry switched off. What is no span is logged and costs the
 * link alone.
 */
export function linkTo({ option, value, kind, attributes }: LinkOption): Link[] {
  if (value === undefined || value === null) return [];
  const span = spanIn(value);
  const context = spanContextOf(span);
  if (context !== undefined)
    return [{ context, attributes: { [ATTR_LLM_OTEL_LINK_KIND]: kind, ...attributes } }];
  if (!isUnrecorded(span)) {
    const use = 'a span, what holds one (a step, a tool, a run), or a reference to one';
    failures.report(`linking to ${option}`, new InvalidOptionError({ option, value, use }));
  }
  return [];
}

export function relationLinks({ retryOf, fallbackFor, outcomeOf }: Relations): Link[] {
  if (retryOf === undefined && fallbackFor === undefined && outcomeOf === undefined) return [];
  return [
    ...linkTo({ option: 'retryOf', value: retryOf, kind: LLM_OTEL_LINK_KIND_VALUE_RETRY }),
    ...linkTo({
      option: 'fallbackFor',
      value: fallbackFor,
      kind: LLM_OTEL_LINK_KIND_VALUE_FALLBACK,
    }),
    ...linkTo({ option: 'outcomeOf', value: outcomeOf, kind: LLM_OTEL_LINK_KIND_VALUE_DECISION }),
  ];
}

/** Which attempt a span was. Only those that replaced another one are kept. */
const attempts = new WeakMap<Span, number>();

/** Number of the attempt that `span` is, where it replaces another one. */
export function attemptOf(span: Span, { retryOf, fallbackFor }: Relations): number | undefined {
  const replaced = retryOf ?? fallbackFor;
  if (replaced === undefined || replaced === null) return undefined;
  // Of one in another process it is not known.
  const attempt = (attempts.get(spanIn(replaced) as Span) ?? 1) + 1;
  attempts.set(span, attempt);
  return attempt;
}

/** The span that something holds, or what was given. */
function spanIn(value: unknown): unknown {
  return readMember(value, 'span') ?? value;
}

/** A span of a process without telemetry, or of a run that could not be started: it goes nowhere, and is no mistake. */
function isUnrecorded(span: unknown): boolean {
  return (
    typeof readMember(span, 'spanContext') === 'function' ||
    typeof readMember(span, 'traceId') === 'string'
  );
}

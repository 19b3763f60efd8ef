import type { Link, Span } from '@opentelemetry/api';
import { ATTR_LLM_OTEL_ATTEMPT } from '@llm-otel/llm-conventions';
import { attemptOf, relationLinks } from './relation-links.ts';
import type { Relations } from './relation-types.ts';

/** A request that may have links of its own, as those of all operations. */
type RelatedRequest = Relations & { readonly links?: readonly Link[] | undefined };

interface RelatedOperation {
  readonly span: Span;
  set(name: string, value: unknown): void;
}

/** Starts an operation of the conventions that knows which attempt it replaces and which decision it comes of. */
export function startRelated<R extends RelatedRequest, O extends RelatedOperation>(
  request: R,
  start: (request: R) => O,
): O {
  const links = [...(request.links ?? []), ...relationLinks(request)];
  const operation = start({ ...request, links });
  operation.set(ATTR_LLM_OTEL_ATTEMPT, attemptOf(operation.span, request));
  return operation;
}

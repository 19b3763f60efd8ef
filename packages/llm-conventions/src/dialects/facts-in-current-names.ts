import type { Attributes } from '@opentelemetry/api';
import { type ReadableSpan, spanView } from '@llm-otel/core';
import { inCurrentNames } from './normalise-dialects.ts';
import { dialectsIn } from './recognise-dialects.ts';

/** Longer than all that says what a span is and what it used; content mostly is longer. */
const MAX_LENGTH = 1024;

/** Like `inCurrentNames`, for those who ask for no content: that is not read, which would cost the most. Also for a span that is open. Totals keep the names of a call. */
export function factsInCurrentNames(span: ReadableSpan): ReadableSpan {
  if (dialectsIn(span) === 0) return span;
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(span.attributes))
    if (typeof value !== 'string' || value.length <= MAX_LENGTH) attributes[name] = value;
  return inCurrentNames(spanView(span, { attributes, events: [] }), { movesTotals: false });
}

import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import { normaliseDialects } from '../src/index.ts';
import { readableSpan } from './readable-span.ts';

/** The attributes of a span with these behind the stage in front of redaction. */
export function normalised(
  attributes: Attributes,
  more: Partial<Pick<ReadableSpan, 'kind' | 'startTime'>> = {},
): Attributes {
  let ended: Attributes = {};
  const nothing = { sampledOut: () => {}, dropped: () => {} };
  const next = { onEnd: (span: { readonly attributes: Attributes }) => (ended = span.attributes) };
  normaliseDialects()({ onEnd: (span) => void next.onEnd(span) }, nothing).onEnd({
    ...readableSpan(attributes),
    ...more,
  });
  return ended;
}

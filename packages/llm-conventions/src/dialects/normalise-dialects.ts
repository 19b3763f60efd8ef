import type { Attributes } from '@opentelemetry/api';
import { type ReadableSpan, type SpanStage, spanView } from '@llm-otel/core';
import { ATTR_GEN_AI_PROVIDER_NAME } from '../generated/attributes.ts';
import { removedAttributes } from '../generated/removed-names.ts';

/** Names that have a successor. */
const renamed = new Map(
  Object.entries(removedAttributes).flatMap(([name, { to, values = {} }]) =>
    to === undefined ? [] : [[name, { to, values: new Map(Object.entries(values)) }] as const],
  ),
);

const oldProviders = renamed.get('gen_ai.system')?.values ?? new Map<string, string>();

/**
 * Spans of other libraries in today's names: attributes that were renamed, and provider values that were. A stage
 * for the start of the pipeline, so that redaction, sampling and cost see one dialect. A span without old names
 * passes through as it is; a renamed one is a view, the original stays. Where a span has both names, the current
 * one wins. Old names without a successor are kept.
 */
export function normaliseDialects(): SpanStage {
  return (next) => ({ ...forwarded(next), onEnd: (span) => next.onEnd(inCurrentNames(span)) });
}

function forwarded(next: Parameters<SpanStage>[0]): Omit<typeof next, 'onEnd'> {
  return {
    ...(next.heldSpans && { heldSpans: () => next.heldSpans?.() ?? 0 }),
    ...(next.drain && { drain: () => next.drain?.() }),
    ...(next.close && { close: () => next.close?.() }),
  };
}

/** `span` itself where it has no old names, otherwise a view of it with the current ones. */
export function inCurrentNames(span: ReadableSpan): ReadableSpan {
  return hasOldNames(span.attributes)
    ? spanView(span, { attributes: currentAttributes(span.attributes) })
    : span;
}

function hasOldNames(attributes: Attributes): boolean {
  for (const name in attributes) if (renamed.has(name)) return true;
  const provider = attributes[ATTR_GEN_AI_PROVIDER_NAME];
  return typeof provider === 'string' && oldProviders.has(provider);
}

function currentAttributes(attributes: Attributes): Attributes {
  const current: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    const rename = renamed.get(name);
    if (rename === undefined) current[name] = value;
    else if (attributes[rename.to] === undefined)
      current[rename.to] = typeof value === 'string' ? (rename.values.get(value) ?? value) : value;
  }
  const provider = current[ATTR_GEN_AI_PROVIDER_NAME];
  if (typeof provider === 'string')
    current[ATTR_GEN_AI_PROVIDER_NAME] = oldProviders.get(provider) ?? provider;
  return current;
}

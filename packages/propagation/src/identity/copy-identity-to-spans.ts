import { FailureLog, forwardTo, type SpanProcessorWrapper } from '@llm-otel/core';
import { identityAttributes } from './run-identity.ts';

/**
 * Writes the ids of `withIdentity` onto every span as it starts, so that spans of clients, databases and HTTP are found
 * by session, user, tenant and conversation too.
 */
export function copyIdentityToSpans(): SpanProcessorWrapper {
  const failures = new FailureLog();
  return (next) => ({
    ...forwardTo(next),
    onStart(span, parentContext) {
      try {
        const attributes = identityAttributes(parentContext);
        for (const key in attributes) span.setAttribute(key, attributes[key]);
      } catch (error) {
        failures.report('copying the identity to a span', error);
      }
      // Last, so that a processor behind this one already sees the attributes.
      next.onStart(span, parentContext);
    },
  });
}

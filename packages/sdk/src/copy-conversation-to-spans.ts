import { forwardTo, FailureLog, type SpanProcessorWrapper } from '@llm-otel/core';
import { agentScopeOf, ATTR_GEN_AI_CONVERSATION_ID } from '@llm-otel/llm-conventions';

/**
 * Writes the conversation of an agent's run onto every span that starts inside, those of other libraries included. A
 * span that names one itself keeps it.
 */
export function copyConversationToSpans(): SpanProcessorWrapper {
  const failures = new FailureLog();
  return (next) => ({
    ...forwardTo(next),
    onStart(span, parentContext) {
      failures.guard('copying the conversation to a span', () => {
        const conversation = agentScopeOf(parentContext)?.conversationId;
        if (conversation === undefined) return;
        if (span.attributes[ATTR_GEN_AI_CONVERSATION_ID] !== undefined) return;
        span.setAttribute(ATTR_GEN_AI_CONVERSATION_ID, conversation);
      });
      next.onStart(span, parentContext);
    },
  });
}

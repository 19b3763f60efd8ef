import { type Context, propagation } from '@opentelemetry/api';
import { ATTR_GEN_AI_CONVERSATION_ID } from '@llm-otel/llm-conventions';

/** Longer ones are no ids. */
const MAX_LENGTH = 256;

/** The conversation that came with the request, from a caller that carries it. */
export function conversationFrom(context: Context): string | undefined {
  const value = propagation.getBaggage(context)?.getEntry(ATTR_GEN_AI_CONVERSATION_ID)?.value;
  return value === undefined || value === '' || value.length > MAX_LENGTH ? undefined : value;
}

/** `context` with the conversation in its baggage, for whatever is called from inside. */
export function withConversation(context: Context, conversationId: string): Context {
  const baggage = propagation.getBaggage(context) ?? propagation.createBaggage();
  return propagation.setBaggage(
    context,
    baggage.setEntry(ATTR_GEN_AI_CONVERSATION_ID, { value: conversationId }),
  );
}

import { type Context, propagation } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { ATTR_GEN_AI_CONVERSATION_ID } from '@llm-otel/llm-conventions';

/** Longer ones are no ids, and a header of baggage has 8192 bytes for all that is in it. */
const MAX_LENGTH = 256;

const failures = new FailureLog();

/** The conversation that came with the request, from a caller that carries it. */
export function conversationFrom(context: Context): string | undefined {
  const value = propagation.getBaggage(context)?.getEntry(ATTR_GEN_AI_CONVERSATION_ID)?.value;
  return value === undefined || value === '' || isTooLong(value, 'taking') ? undefined : value;
}

/** `context` with the conversation in its baggage, for whatever is called from inside. One that is too long is in none, not even an older one. */
export function withConversation(context: Context, conversationId: string): Context {
  const baggage = propagation.getBaggage(context) ?? propagation.createBaggage();
  return propagation.setBaggage(
    context,
    isTooLong(conversationId, 'carrying')
      ? baggage.removeEntry(ATTR_GEN_AI_CONVERSATION_ID)
      : baggage.setEntry(ATTR_GEN_AI_CONVERSATION_ID, { value: conversationId }),
  );
}

function isTooLong(conversationId: string, doing: string): boolean {
  if (conversationId.length <= MAX_LENGTH) return false;
  const problem = `conversationId has ${conversationId.length} characters: use one of at most ${MAX_LENGTH}, or the carrier, the hand-off or the checkpoint, which take it whole`;
  failures.report(`${doing} a conversation in baggage`, new RangeError(problem));
  return true;
}

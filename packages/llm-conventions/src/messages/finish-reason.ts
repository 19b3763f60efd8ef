/** `stop`, `length`, `tool_call`, `content_filter`, `compaction`, `error`, or the provider's own word. */
export type FinishReason =
  | 'stop'
  | 'length'
  | 'tool_call'
  | 'content_filter'
  | 'compaction'
  | 'error'
  | (string & {});

/** Words of the providers, in lower case: OpenAI, Anthropic, Gemini, Bedrock, AI SDK, Cohere. */
const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['complete', 'stop'],
  // Titan, Jurassic.
  ['finish', 'stop'],
  ['endoftext', 'stop'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['model_length', 'length'],
  ['error_limit', 'length'],
  ['tool_use', 'tool_call'],
  ['tool_calls', 'tool_call'],
  ['tool-calls', 'tool_call'],
  ['function_call', 'tool_call'],
  ['refusal', 'content_filter'],
  ['content-filter', 'content_filter'],
  ['content_filtered', 'content_filter'],
  ['guardrail_intervened', 'content_filter'],
  ['safety', 'content_filter'],
  ['recitation', 'content_filter'],
  ['blocklist', 'content_filter'],
  ['prohibited_content', 'content_filter'],
  ['spii', 'content_filter'],
  ['image_safety', 'content_filter'],
  ['image_prohibited_content', 'content_filter'],
  ['image_recitation', 'content_filter'],
  ['model_armor', 'content_filter'],
  ['jailbreak', 'content_filter'],
  ['error_toxic', 'content_filter'],
  ['failed', 'error'],
  ['cancelled', 'error'],
  ['malformed_function_call', 'error'],
  ['malformed_response', 'error'],
  ['unexpected_tool_call', 'error'],
  ['too_many_tool_calls', 'error'],
  ['missing_thought_signature', 'error'],
  ['malformed_tool_use', 'error'],
  ['malformed_model_output', 'error'],
]);

const OWN = new Set(['stop', 'length', 'error']);

/** The reason of the conventions for a provider's finish or stop reason. An unknown word stays as it is. */
export function finishReasonFrom(reason: unknown): FinishReason | undefined {
  if (typeof reason !== 'string' || reason === '') return undefined;
  const lower = reason.toLowerCase();
  return OWN.has(lower) ? lower : (REASONS.get(lower) ?? reason);
}

/** `stop`, `length`, `tool_call`, `content_filter`, `error`, or the provider's own word. */
export type FinishReason =
  | 'stop'
  | 'length'
  | 'tool_call'
  | 'content_filter'
  | 'error'
  | (string & {});

const REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  max_output_tokens: 'length',
  tool_use: 'tool_call',
  tool_calls: 'tool_call',
  'tool-calls': 'tool_call',
  function_call: 'tool_call',
  refusal: 'content_filter',
  'content-filter': 'content_filter',
  failed: 'error',
  cancelled: 'error',
};

/** The reason of the conventions for a provider's finish or stop reason. An unknown word stays as it is. */
export function finishReasonFrom(reason: unknown): FinishReason | undefined {
  if (typeof reason !== 'string' || reason === '') return undefined;
  return Object.hasOwn(REASONS, reason) ? REASONS[reason] : reason;
}

/** Attributes that hold what is sent to a model, and those that hold what it answers: names, and names by pattern. */
export interface ContentKeys {
  readonly keys: readonly string[];
  readonly patterns: readonly string[];
}

export const promptKeys: ContentKeys = {
  keys: [
    'gen_ai.input.messages',
    'gen_ai.system_instructions',
    'gen_ai.tool.definitions',
    'gen_ai.tool.call.result',
    'gen_ai.retrieval.query.text',
    'gen_ai.retrieval.documents',
    'gen_ai.prompt',
    'gen_ai.system.message',
    'gen_ai.user.message',
    'input.value',
    'ai.prompt',
    'ai.toolCall.result',
    'traceloop.entity.input',
    'langfuse.observation.input',
    'langfuse.trace.input',
  ],
  patterns: [
    String.raw`^gen_ai\.prompt\.(?:[0-9]|variable\.)`,
    String.raw`^llm\.(?:input_messages|prompts|tools)\.[0-9]`,
    String.raw`^ai\.prompt\.(?:messages|tools|toolChoice)$`,
    String.raw`^retrieval\.documents\.[0-9]`,
  ],
};

export const completionKeys: ContentKeys = {
  keys: [
    'gen_ai.output.messages',
    'gen_ai.tool.call.arguments',
    'gen_ai.evaluation.explanation',
    'gen_ai.completion',
    'output.value',
    'ai.toolCall.args',
    'traceloop.entity.output',
    'langfuse.observation.output',
    'langfuse.trace.output',
  ],
  patterns: [
    String.raw`^gen_ai\.completion\.[0-9]`,
    String.raw`^llm\.(?:output_messages|completions)\.[0-9]`,
    String.raw`^ai\.response\.(?:text|object|toolCalls|reasoning)$`,
  ],
};

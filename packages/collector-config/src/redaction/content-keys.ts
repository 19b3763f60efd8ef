/** Attributes that hold a part of a conversation: names, and names by pattern. */
export interface ContentKeys {
  readonly keys: readonly string[];
  readonly patterns: readonly string[];
}

/** Who wrote it, and whether it is about tools. What a policy says of tools goes before what it says of the others. */
export type ContentPart =
  | 'prompts'
  | 'completions'
  /** Both sides in one value: it goes with either. */
  | 'conversations'
  | 'toolsOfPrompts'
  | 'toolsOfCompletions';

/**
 * What the conventions and the frequent libraries write. The redaction in a process knows more names, and judges events and
 * names it does not know by their words.
 */
export const contentKeys: Readonly<Record<ContentPart, ContentKeys>> = {
  prompts: {
    keys: [
      'gen_ai.input.messages',
      'gen_ai.system_instructions',
      'gen_ai.retrieval.query.text',
      'gen_ai.retrieval.documents',
      'gen_ai.prompt',
      'gen_ai.system.message',
      'gen_ai.user.message',
      'input.value',
      'embedding.text',
      'llm.prompt_template.template',
      'llm.prompt_template.variables',
      'ai.prompt',
      'ai.value',
      'ai.values',
      'traceloop.entity.input',
      'traceloop.prompt.template',
      'traceloop.prompt.template_variables',
      'langfuse.observation.input',
      'langfuse.trace.input',
      'mlflow.spanInputs',
      'request_data',
    ],
    patterns: [
      String.raw`^gen_ai\.prompt\.(?:variable\.|[0-9]+(?:$|\.(?:[^t]|t(?:$|[^o])|tool_call_id$)))`,
      String.raw`^llm\.(?:input_messages\.[0-9]+\.message\.(?:role|name|content|contents|tool_call_id)|prompts\.[0-9])`,
      String.raw`^ai\.prompt\.(?:messages|format)$`,
      String.raw`^ai\.request\.(?:body|messages)$`,
      String.raw`^(?:retrieval|reranker)\.(?:documents|input_documents|output_documents)\.[0-9]`,
      String.raw`^reranker\.query$`,
      String.raw`^embedding\.embeddings\.[0-9]+\.embedding\.text$`,
      String.raw`^langfuse\.(?:observation|trace)\.(?:input|output)\.`,
    ],
  },
  completions: {
    keys: [
      'gen_ai.output.messages',
      'gen_ai.evaluation.explanation',
      'gen_ai.completion',
      'gen_ai.assistant.message',
      'gen_ai.choice',
      'output.value',
      'traceloop.entity.output',
      'langfuse.observation.output',
      'langfuse.trace.output',
      'mlflow.spanOutputs',
      'response_data',
    ],
    patterns: [
      // The reason why it ended is no content.
      String.raw`^gen_ai\.completion\.[0-9]+(?:$|\.(?:[^ft]|f(?:$|[^i])|t(?:$|[^o])|tool_call_id$))`,
      String.raw`^llm\.(?:output_messages\.[0-9]+\.message\.(?:role|name|content|contents|tool_call_id)|completions\.[0-9])`,
      String.raw`^ai\.response\.(?:text|object|reasoning|files)$`,
    ],
  },
  conversations: {
    keys: [
      'gen_ai.event.content',
      'gen_ai.content',
      'all_messages_events',
      'pydantic_ai.all_messages',
      'pydantic_ai.new_messages',
      'mlflow.chat.messages',
      'gcp.vertex.agent.data',
    ],
    patterns: [],
  },
  toolsOfPrompts: {
    keys: [
      'gen_ai.tool.definitions',
      'gen_ai.tool.call.result',
      'gen_ai.tool.message',
      'ai.toolCall.result',
      'ai.toolCall.output',
    ],
    patterns: [
      String.raw`^llm\.(?:tools|request\.functions)\.[0-9]`,
      String.raw`^ai\.prompt\.(?:tools|toolChoice)$`,
    ],
  },
  toolsOfCompletions: {
    keys: [
      'gen_ai.tool.call.arguments',
      'tool.parameters',
      'llm.function_call',
      'ai.toolCall.args',
    ],
    patterns: [
      String.raw`^gen_ai\.(?:prompt|completion)\.[0-9]+\.tool_calls\.`,
      String.raw`^llm\.(?:input|output)_messages\.[0-9]+\.message\.(?:tool_calls|function_call)`,
      String.raw`^ai\.response\.toolCalls$`,
    ],
  },
};

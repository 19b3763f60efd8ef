import {
  ATTR_GEN_AI_EVALUATION_EXPLANATION,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '@llm-otel/llm-conventions';

/** Which way content goes: to the model, or from it. */
export type ContentDirection = 'prompt' | 'completion';

/** What an attribute holds of a conversation. */
export interface Content {
  readonly direction: ContentDirection;
  /** Definitions of tools, what the model asked of them, and what they answered. */
  readonly isTool: boolean;
}

const prompt: Content = { direction: 'prompt', isTool: false };
const completion: Content = { direction: 'completion', isTool: false };
/** Definitions and results go to the model. */
const toTool: Content = { direction: 'prompt', isTool: true };
/** Arguments come from it. */
const fromTool: Content = { direction: 'completion', isTool: true };

/** Names of content: those of today, and those that other libraries and earlier conventions write. */
const exact: ReadonlyMap<string, Content> = new Map<string, Content>([
  [ATTR_GEN_AI_INPUT_MESSAGES, prompt],
  [ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, prompt],
  [ATTR_GEN_AI_TOOL_DEFINITIONS, toTool],
  [ATTR_GEN_AI_TOOL_CALL_RESULT, toTool],
  [ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, prompt],
  [ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, prompt],
  [ATTR_GEN_AI_OUTPUT_MESSAGES, completion],
  [ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, fromTool],
  [ATTR_GEN_AI_EVALUATION_EXPLANATION, completion],
  // Earlier conventions, and the events that held content.
  ['gen_ai.prompt', prompt],
  ['gen_ai.system.message', prompt],
  ['gen_ai.user.message', prompt],
  ['gen_ai.tool.message', toTool],
  ['gen_ai.event.content', prompt],
  ['gen_ai.completion', completion],
  ['gen_ai.assistant.message', completion],
  ['gen_ai.choice', completion],
  // OpenInference
  ['input.value', prompt],
  ['output.value', completion],
  ['tool.parameters', fromTool],
  ['llm.function_call', fromTool],
  ['embedding.text', prompt],
  ['llm.prompt_template.template', prompt],
  ['llm.prompt_template.variables', prompt],
  // AI SDK
  ['ai.prompt', prompt],
  ['ai.value', prompt],
  ['ai.values', prompt],
  ['ai.toolCall.args', fromTool],
  ['ai.toolCall.result', toTool],
  ['ai.toolCall.output', toTool],
  // Traceloop
  ['traceloop.entity.input', prompt],
  ['traceloop.entity.output', completion],
  ['traceloop.prompt.template', prompt],
  ['traceloop.prompt.template_variables', prompt],
  // Langfuse
  ['langfuse.observation.input', prompt],
  ['langfuse.trace.input', prompt],
  ['langfuse.observation.output', completion],
  ['langfuse.trace.output', completion],
  // MLflow, Pydantic Logfire, LangSmith
  ['mlflow.spanInputs', prompt],
  ['mlflow.spanOutputs', completion],
  ['all_messages_events', prompt],
  ['pydantic_ai.all_messages', prompt],
  ['request_data', prompt],
  ['response_data', completion],
]);

/** Names that are followed by a position or a part: `gen_ai.prompt.0.content`, and not `gen_ai.prompt.name`. */
const families: readonly (readonly [RegExp, Content])[] = [
  [/^gen_ai\.(?:prompt|completion)\.\d+\.tool_calls\./, fromTool],
  [/^gen_ai\.prompt\.(?:\d|variable\.)/, prompt],
  [/^gen_ai\.completion\.\d/, completion],
  [/^llm\.(?:input|output)_messages\.\d+\.message\.(?:tool_calls|function_call)/, fromTool],
  [/^llm\.tools\.\d/, toTool],
  [/^llm\.request\.functions\.\d/, toTool],
  [/^llm\.(?:input_messages|prompts)\.\d/, prompt],
  [/^llm\.(?:output_messages|completions)\.\d/, completion],
  [/^ai\.prompt\.(?:tools|toolChoice)$/, toTool],
  [/^ai\.prompt\.(?:messages|format)$/, prompt],
  [/^ai\.response\.toolCalls$/, fromTool],
  [/^ai\.response\.(?:text|object|reasoning|files)$/, completion],
  [/^ai\.request\.(?:body|messages)$/, prompt],
  [/^(?:retrieval|reranker)\.(?:documents|input_documents|output_documents)\.\d/, prompt],
  [/^reranker\.query$/, prompt],
  [/^embedding\.embeddings\.\d+\.embedding\.text$/, prompt],
  [/^langfuse\.(?:observation|trace)\.(?:input|output)\./, prompt],
];

/** What `key` names of a conversation, or `undefined` when it names something else. */
export function contentOf(key: string): Content | undefined {
  return exact.get(key) ?? families.find(([pattern]) => pattern.test(key))?.[1];
}

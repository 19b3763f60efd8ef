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

/** Names of content, those of today and those that other libraries and earlier conventions write. */
const exact: ReadonlyMap<string, ContentDirection> = new Map<string, ContentDirection>([
  [ATTR_GEN_AI_INPUT_MESSAGES, 'prompt'],
  [ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, 'prompt'],
  [ATTR_GEN_AI_TOOL_DEFINITIONS, 'prompt'],
  [ATTR_GEN_AI_TOOL_CALL_RESULT, 'prompt'],
  [ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, 'prompt'],
  [ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, 'prompt'],
  ['gen_ai.prompt', 'prompt'],
  ['gen_ai.system.message', 'prompt'],
  ['gen_ai.user.message', 'prompt'],
  ['input.value', 'prompt'],
  ['ai.prompt', 'prompt'],
  ['ai.toolCall.result', 'prompt'],
  ['traceloop.entity.input', 'prompt'],
  ['langfuse.observation.input', 'prompt'],
  ['langfuse.trace.input', 'prompt'],
  [ATTR_GEN_AI_OUTPUT_MESSAGES, 'completion'],
  [ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'completion'],
  [ATTR_GEN_AI_EVALUATION_EXPLANATION, 'completion'],
  ['gen_ai.completion', 'completion'],
  ['output.value', 'completion'],
  ['ai.toolCall.args', 'completion'],
  ['traceloop.entity.output', 'completion'],
  ['langfuse.observation.output', 'completion'],
  ['langfuse.trace.output', 'completion'],
]);

/** Names that are followed by a position or a part: `gen_ai.prompt.0.content`, and not `gen_ai.prompt.name`. */
const families: readonly (readonly [RegExp, ContentDirection])[] = [
  [/^gen_ai\.prompt\.(?:\d|variable\.)/, 'prompt'],
  [/^llm\.(?:input_messages|prompts|tools)\.\d/, 'prompt'],
  [/^ai\.prompt\.(?:messages|tools|toolChoice)$/, 'prompt'],
  [/^retrieval\.documents\.\d/, 'prompt'],
  [/^gen_ai\.completion\.\d/, 'completion'],
  [/^llm\.(?:output_messages|completions)\.\d/, 'completion'],
  [/^ai\.response\.(?:text|object|toolCalls|reasoning)$/, 'completion'],
];

/** Whether `key` names content of a model call, and which way it goes. */
export function contentDirection(key: string): ContentDirection | undefined {
  return exact.get(key) ?? families.find(([pattern]) => pattern.test(key))?.[1];
}

import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VERSION,
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  ATTR_GEN_AI_REQUEST_REASONING_LEVEL,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_RETRIEVAL_TOP_K,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_GEN_AI_WORKFLOW_NAME,
} from '../../generated/attributes.ts';
import type { DialectWriting } from '../dialect-writing.ts';
import { writeToolData } from '../tool-data.ts';

const KINDS: ReadonlyMap<string | undefined, readonly [kind: string, name: string]> = new Map([
  ['invoke_workflow', ['workflow', ATTR_GEN_AI_WORKFLOW_NAME]],
  ['invoke_agent', ['agent', ATTR_GEN_AI_AGENT_NAME]],
  ['execute_tool', ['tool', ATTR_GEN_AI_TOOL_NAME]],
]);

const REQUEST_TYPES: ReadonlyMap<string | undefined, string> = new Map([
  ['chat', 'chat'],
  ['generate_content', 'chat'],
  ['text_completion', 'completion'],
  ['embeddings', 'embedding'],
  ['rerank', 'rerank'],
]);

/** Types that are read back as another operation, or as none. */
const NOT_READ_BACK = new Set<string | undefined>(['generate_content', 'rerank']);

const RENAMED: readonly (readonly [from: string, to: string])[] = [
  [ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, 'gen_ai.usage.cache_creation.input_tokens'],
  [ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, 'gen_ai.usage.reasoning_tokens'],
  [ATTR_GEN_AI_REQUEST_REASONING_LEVEL, 'gen_ai.request.reasoning_effort'],
  [ATTR_GEN_AI_REQUEST_STREAM, 'gen_ai.is_streaming'],
  [ATTR_GEN_AI_REQUEST_CHOICE_COUNT, 'gen_ai.request.n'],
  [ATTR_GEN_AI_RETRIEVAL_TOP_K, 'db.vector.query.top_k'],
  [ATTR_GEN_AI_PROMPT_NAME, 'traceloop.prompt.key'],
  [ATTR_GEN_AI_PROMPT_VERSION, 'traceloop.prompt.version'],
];

/** OpenLLMetry (Traceloop): today its messages are those of the conventions, with names of its own around them. */
export function writeOpenLlmetry(writing: DialectWriting): void {
  const { facts } = writing;
  const { operation } = facts;
  const kind = KINDS.get(operation);
  if (kind !== undefined) {
    writing.set('traceloop.span.kind', kind[0], ATTR_GEN_AI_OPERATION_NAME);
    writing.rename(kind[1], 'traceloop.entity.name');
    if (kind[0] === 'workflow')
      writing.set('traceloop.workflow.name', facts.value(ATTR_GEN_AI_WORKFLOW_NAME));
    if (kind[0] === 'tool') {
      writeToolData(writing, ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'traceloop.entity.input', 'json');
      writeToolData(writing, ATTR_GEN_AI_TOOL_CALL_RESULT, 'traceloop.entity.output', 'json');
    }
  }
  const said = NOT_READ_BACK.has(operation) ? [] : [ATTR_GEN_AI_OPERATION_NAME];
  writing.set('llm.request.type', REQUEST_TYPES.get(operation), ...said);
  const input = facts.number(ATTR_GEN_AI_USAGE_INPUT_TOKENS);
  const output = facts.number(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS);
  if (input !== undefined && output !== undefined)
    writing.set('gen_ai.usage.total_tokens', input + output);
  for (const [from, to] of RENAMED) writing.rename(from, to);
}

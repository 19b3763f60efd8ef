import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VERSION,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_TOOL_CALL_ID,
  ATTR_GEN_AI_TOOL_DESCRIPTION,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
} from '../../generated/attributes.ts';
import type { DialectWriting } from '../dialect-writing.ts';
import { OPENINFERENCE_PROVIDERS } from '../provider-names.ts';
import { PARAMETER_ATTRIBUTES, parametersOf } from '../request-parameters.ts';
import { writeOpenInferenceContent } from './write-openinference-content.ts';

const KINDS: ReadonlyMap<string, string> = new Map([
  ['chat', 'LLM'],
  ['generate_content', 'LLM'],
  ['text_completion', 'LLM'],
  ['embeddings', 'EMBEDDING'],
  ['retrieval', 'RETRIEVER'],
  ['rerank', 'RERANKER'],
  ['invoke_agent', 'AGENT'],
  ['create_agent', 'AGENT'],
  ['plan', 'AGENT'],
  ['invoke_workflow', 'CHAIN'],
  ['execute_tool', 'TOOL'],
]);

/** Operations that a kind is read back as. */
const READ_BACK = new Set(['chat', 'embeddings', 'retrieval', 'invoke_agent', 'execute_tool']);

/** OpenInference, as Arize Phoenix reads it. */
export function writeOpenInference(writing: DialectWriting): void {
  const { operation } = writing.facts;
  if (operation === undefined) return;
  // What has no kind of its own is shown as a link of a chain.
  const kind = KINDS.get(operation) ?? 'CHAIN';
  const said = READ_BACK.has(operation) ? [ATTR_GEN_AI_OPERATION_NAME] : [];
  writing.set('openinference.span.kind', kind, ...said);
  writeModel(writing);
  writing.rename(ATTR_GEN_AI_CONVERSATION_ID, 'session.id');
  writing.rename(ATTR_GEN_AI_AGENT_NAME, 'agent.name');
  writing.rename(ATTR_GEN_AI_TOOL_NAME, 'tool.name');
  writing.rename(ATTR_GEN_AI_TOOL_CALL_ID, 'tool.id');
  writing.rename(ATTR_GEN_AI_TOOL_DESCRIPTION, 'tool.description');
  writing.rename(ATTR_GEN_AI_PROMPT_NAME, 'prompt.id');
  writing.rename(ATTR_GEN_AI_PROMPT_VERSION, 'llm.prompt_template.version');
  writeUsage(writing);
  writeOpenInferenceContent(writing, kind);
}

function writeModel(writing: DialectWriting): void {
  const { facts } = writing;
  const provider = facts.string(ATTR_GEN_AI_PROVIDER_NAME);
  if (provider !== undefined) {
    const [served, family] = OPENINFERENCE_PROVIDERS.get(provider) ?? [provider];
    writing.set('llm.provider', served, ATTR_GEN_AI_PROVIDER_NAME);
    writing.set('llm.system', family);
  }
  const model = facts.value(ATTR_GEN_AI_RESPONSE_MODEL) ?? facts.value(ATTR_GEN_AI_REQUEST_MODEL);
  const isEmbedding = facts.operation === 'embeddings';
  writing.set(isEmbedding ? 'embedding.model_name' : 'llm.model_name', model);
  writing.rename(ATTR_GEN_AI_REQUEST_MODEL, 'llm.request.model_name');
  writing.rename(ATTR_GEN_AI_RESPONSE_MODEL, 'llm.response.model_name');
  const reasons = facts.finishReasons;
  // There is room for one.
  const all = reasons.length === 1 ? [ATTR_GEN_AI_RESPONSE_FINISH_REASONS] : [];
  writing.set('llm.finish_reason', reasons[0], ...all);
  writing.setJson(
    'llm.invocation_parameters',
    parametersOf(facts.attributes),
    ...PARAMETER_ATTRIBUTES,
  );
}

const PROMPT = 'llm.token_count.prompt';
const COMPLETION = 'llm.token_count.completion';

function writeUsage(writing: DialectWriting): void {
  const { facts } = writing;
  const input = facts.number(ATTR_GEN_AI_USAGE_INPUT_TOKENS);
  const output = facts.number(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS);
  writing.rename(ATTR_GEN_AI_USAGE_INPUT_TOKENS, PROMPT);
  writing.rename(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, COMPLETION);
  if (input !== undefined && output !== undefined)
    writing.set('llm.token_count.total', input + output);
  writing.rename(ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, `${PROMPT}_details.cache_read`);
  writing.rename(ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, `${PROMPT}_details.cache_write`);
  writing.rename(ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS, `${PROMPT}_details.audio`);
  writing.rename(ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, `${COMPLETION}_details.reasoning`);
  writing.rename(ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS, `${COMPLETION}_details.audio`);
  const microUsd = facts.number(ATTR_LLM_OTEL_COST_MICRO_USD);
  // The whole number stays beside it.
  if (microUsd !== undefined) writing.set('llm.cost.total', microUsd / 1e6);
}

import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VERSION,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_ID,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_GEN_AI_TOOL_DESCRIPTION,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
} from '../../generated/attributes.ts';
import { finishReasonFrom } from '../../messages/finish-reason.ts';
import { parsedJson } from '../../messages/parts.ts';
import { toolDefinitionsFrom } from '../../messages/tool-definitions.ts';
import type { DialectReading } from '../dialect-reading.ts';
import { indexedMembers } from '../indexed-members.ts';
import { providerFromOpenInference } from '../provider-names.ts';
import { readParameters } from '../request-parameters.ts';
import { readToolData } from '../tool-data.ts';
import { openInferenceMessages } from './openinference-messages.ts';
import {
  readLangChainProvider,
  setPromptVariables,
  setReceivedCost,
  setSentMessages,
} from './read-common.ts';

/** Kinds that have an operation in the conventions. The others keep their name. */
const OPERATIONS: ReadonlyMap<unknown, string> = new Map([
  ['LLM', 'chat'],
  ['EMBEDDING', 'embeddings'],
  ['RETRIEVER', 'retrieval'],
  ['AGENT', 'invoke_agent'],
  ['TOOL', 'execute_tool'],
]);

/** Kinds that are no call of a model. One that is `UNKNOWN` may be. */
const AROUND_CALLS = new Set<unknown>([
  'CHAIN',
  'AGENT',
  'TOOL',
  'RETRIEVER',
  'RERANKER',
  'GUARDRAIL',
  'EVALUATOR',
  'PROMPT',
]);

/** Reads a span of OpenInference (Arize Phoenix). */
export function readOpenInference(reading: DialectReading): void {
  const kind = reading.peek('openinference.span.kind');
  reading.isNoCall ||= AROUND_CALLS.has(kind);
  const operation = OPERATIONS.get(kind);
  if (operation !== undefined) {
    reading.take('openinference.span.kind');
    reading.set(ATTR_GEN_AI_OPERATION_NAME, operation);
  }
  readScalars(reading);
  readUsage(reading);
  readMessages(reading, kind);
  if (kind === 'TOOL') {
    const input = reading.take('input.mime_type');
    const output = reading.take('output.mime_type');
    readToolData(reading, ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'input.value', input);
    readToolData(reading, ATTR_GEN_AI_TOOL_CALL_RESULT, 'output.value', output);
  }
  if (kind === 'RETRIEVER') readRetrieval(reading);
}

function readScalars(reading: DialectReading): void {
  reading.set(
    ATTR_GEN_AI_PROVIDER_NAME,
    providerFromOpenInference(reading.takeString('llm.provider'), reading.takeString('llm.system')),
  );
  // Its spans of LangChain do not say it otherwise. The same metadata stand on the chains around a call.
  if (!reading.isNoCall) readLangChainProvider(reading, 'metadata');
  reading.rename('llm.request.model_name', ATTR_GEN_AI_REQUEST_MODEL);
  reading.rename('llm.response.model_name', ATTR_GEN_AI_RESPONSE_MODEL);
  // The model that answered, where that is known, else the one that was asked.
  const model = reading.take('llm.model_name') ?? reading.take('embedding.model_name');
  if (!reading.has(ATTR_GEN_AI_RESPONSE_MODEL)) reading.set(ATTR_GEN_AI_REQUEST_MODEL, model);
  const reason = finishReasonFrom(reading.take('llm.finish_reason'));
  reading.set(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reason && [reason]);
  if (reading.has('llm.invocation_parameters'))
    readParameters(reading, 'llm.invocation_parameters');
  reading.rename('session.id', ATTR_GEN_AI_CONVERSATION_ID);
  reading.rename('agent.name', ATTR_GEN_AI_AGENT_NAME);
  reading.rename('tool.name', ATTR_GEN_AI_TOOL_NAME);
  reading.rename('tool.id', ATTR_GEN_AI_TOOL_CALL_ID);
  reading.rename('tool.description', ATTR_GEN_AI_TOOL_DESCRIPTION);
  reading.rename('prompt.id', ATTR_GEN_AI_PROMPT_NAME);
  if (reading.has(ATTR_GEN_AI_PROMPT_NAME))
    reading.rename('llm.prompt_template.version', ATTR_GEN_AI_PROMPT_VERSION);
  setPromptVariables(reading, 'llm.prompt_template.variables');
  setReceivedCost(reading, 'llm.cost.total');
}

function readUsage(reading: DialectReading): void {
  const count = 'llm.token_count';
  reading.renameNumber(ATTR_GEN_AI_USAGE_INPUT_TOKENS, `${count}.prompt`);
  reading.renameNumber(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, `${count}.completion`);
  const prompt = `${count}.prompt_details`;
  reading.renameNumber(ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, `${prompt}.cache_read`);
  reading.renameNumber(ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, `${prompt}.cache_write`);
  reading.renameNumber(ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS, `${prompt}.audio`);
  const completion = `${count}.completion_details`;
  reading.renameNumber(ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, `${completion}.reasoning`);
  reading.renameNumber(ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS, `${completion}.audio`);
  // The sum of the two.
  if (reading.has(ATTR_GEN_AI_USAGE_INPUT_TOKENS) && reading.has(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS))
    reading.take(`${count}.total`);
}

function readMessages(reading: DialectReading, kind: unknown): void {
  const input = openInferenceMessages(reading.takeList('llm.input_messages.'));
  const output = openInferenceMessages(reading.takeList('llm.output_messages.'));
  setSentMessages(reading, input);
  if (output.length > 0) reading.setJson(ATTR_GEN_AI_OUTPUT_MESSAGES, output);
  const tools = indexedMembers(reading.takeList('llm.tools.')).map((tool) =>
    parsedJson(tool.get('tool.json_schema')),
  );
  reading.setJson(ATTR_GEN_AI_TOOL_DEFINITIONS, toolDefinitionsFrom(tools));
  if (kind !== 'LLM') return;
  // On a model call they repeat the messages.
  if (input.length > 0 && reading.take('input.value') !== undefined)
    reading.take('input.mime_type');
  if (output.length > 0 && reading.take('output.value') !== undefined)
    reading.take('output.mime_type');
}

function readRetrieval(reading: DialectReading): void {
  reading.set(ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, reading.takeString('input.value'));
  reading.take('input.mime_type');
  const documents = indexedMembers(reading.takeList('retrieval.documents.')).map((document) => {
    const metadata = parsedJson(document.get('document.metadata'));
    return Object.fromEntries(
      [
        ['id', document.get('document.id')],
        ['score', document.get('document.score')],
        ['content', document.get('document.content')],
        ['metadata', metadata],
      ].filter(([, value]) => value !== undefined),
    ) as object;
  });
  if (documents.length > 0) reading.setJson(ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, documents);
}

import { SpanStatusCode } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VERSION,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
} from '../../generated/attributes.ts';
import type { DialectWriting } from '../dialect-writing.ts';
import { PARAMETER_ATTRIBUTES, parametersOf } from '../request-parameters.ts';
import { writeToolData } from '../tool-data.ts';

const PREFIX = 'langfuse.observation';

const TYPES: ReadonlyMap<string | undefined, string> = new Map([
  ['chat', 'generation'],
  ['generate_content', 'generation'],
  ['text_completion', 'generation'],
  ['embeddings', 'embedding'],
  ['retrieval', 'retriever'],
  ['invoke_agent', 'agent'],
  ['create_agent', 'agent'],
  ['invoke_workflow', 'chain'],
  ['execute_tool', 'tool'],
]);

/** Types that are read back as another operation. */
const NOT_READ_BACK = new Set<string | undefined>([
  'generate_content',
  'text_completion',
  'create_agent',
]);

/** What goes to `input` and `output`; a span has one pair of them. */
const CONTENT: readonly (readonly [from: string, to: string])[] = [
  [ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, 'input'],
  [ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, 'output'],
];

/** Langfuse, in the attributes that its server looks at first. */
export function writeLangfuse(writing: DialectWriting): void {
  const { facts } = writing;
  const { operation } = facts;
  const type = TYPES.get(operation);
  if (type === undefined) return;
  const said = NOT_READ_BACK.has(operation) ? [] : [ATTR_GEN_AI_OPERATION_NAME];
  writing.set(`${PREFIX}.type`, type, ...said);
  writing.set(
    `${PREFIX}.model.name`,
    facts.value(ATTR_GEN_AI_REQUEST_MODEL) ?? facts.value(ATTR_GEN_AI_RESPONSE_MODEL),
    ATTR_GEN_AI_REQUEST_MODEL,
  );
  const parameters = parametersOf(facts.attributes);
  writing.setJson(`${PREFIX}.model.parameters`, parameters, ...PARAMETER_ATTRIBUTES);
  writing.rename(ATTR_GEN_AI_PROMPT_NAME, `${PREFIX}.prompt.name`);
  writing.rename(ATTR_GEN_AI_PROMPT_VERSION, `${PREFIX}.prompt.version`);
  writing.rename(ATTR_GEN_AI_CONVERSATION_ID, 'session.id');
  writeUsage(writing);
  writeFirstChunk(writing);
  if (facts.isInference) {
    writing.rename(ATTR_GEN_AI_INPUT_MESSAGES, `${PREFIX}.input`);
    writing.rename(ATTR_GEN_AI_OUTPUT_MESSAGES, `${PREFIX}.output`);
  } else {
    for (const [from, to] of CONTENT) writing.rename(from, `${PREFIX}.${to}`);
    writeToolData(writing, ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, `${PREFIX}.input`, 'plain');
    writeToolData(writing, ATTR_GEN_AI_TOOL_CALL_RESULT, `${PREFIX}.output`, 'plain');
  }
  const { status } = facts.span;
  if (status.code !== SpanStatusCode.ERROR) return;
  writing.set(`${PREFIX}.level`, 'ERROR');
  writing.set(`${PREFIX}.status_message`, status.message);
}

/** Its counts add up to the total: what was read from a cache is not in `input`, reasoning not in `output`. */
function writeUsage(writing: DialectWriting): void {
  const { facts } = writing;
  const input = facts.number(ATTR_GEN_AI_USAGE_INPUT_TOKENS);
  const output = facts.number(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS);
  const microUsd = facts.number(ATTR_LLM_OTEL_COST_MICRO_USD);
  // The whole number stays beside it.
  if (microUsd !== undefined) writing.setJson(`${PREFIX}.cost_details`, { total: microUsd / 1e6 });
  if (input === undefined && output === undefined) return;
  const cacheRead = facts.number(ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS);
  const cacheWrite = facts.number(ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS);
  const reasoning = facts.number(ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS);
  const usage = {
    input: input === undefined ? undefined : input - (cacheRead ?? 0) - (cacheWrite ?? 0),
    output: output === undefined ? undefined : output - (reasoning ?? 0),
    cache_read_input_tokens: cacheRead,
    cache_creation_input_tokens: cacheWrite,
    output_reasoning_tokens: reasoning,
    total: input === undefined || output === undefined ? undefined : input + output,
  };
  writing.setJson(
    `${PREFIX}.usage_details`,
    usage,
    ATTR_GEN_AI_USAGE_INPUT_TOKENS,
    ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
    ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
    ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  );
}

function writeFirstChunk(writing: DialectWriting): void {
  const seconds = writing.facts.number(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK);
  if (seconds === undefined) return;
  const [startSeconds, nanos] = writing.facts.span.startTime;
  const at = new Date(startSeconds * 1000 + nanos / 1e6 + seconds * 1000);
  // A point in time, in whole milliseconds: the exact duration stays beside it.
  if (!Number.isNaN(at.getTime()))
    writing.set(`${PREFIX}.completion_start_time`, JSON.stringify(at.toISOString()));
}

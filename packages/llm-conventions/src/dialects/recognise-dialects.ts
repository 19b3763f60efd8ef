import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@llm-otel/core';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_USAGE_ROLLUP,
} from '../generated/attributes.ts';
import { removedAttributes } from '../generated/removed-names.ts';
import { ROLE_OF_EVENT } from './content-events/content-event-names.ts';
import { isRollUp } from './move-roll-up.ts';
import { isProvider } from './provider-names.ts';

/** Vocabularies a span may be written in, as bits: a span can be in several. */
const REMOVED_NAMES = 1;
export const OPENINFERENCE = 2;
export const OPENLLMETRY = 4;
export const LANGFUSE = 8;
export const AI_SDK = 16;
export const LANGSMITH = 32;
/** Today's names, with totals that repeat those of other spans. */
const ROLL_UP = 64;
/** Today's names, but a provider where there is none to name, a failure without its type, tools in another shape,
 * counts as text. */
const INACCURATE = 128;
const COUNTS = [ATTR_GEN_AI_USAGE_INPUT_TOKENS, ATTR_GEN_AI_USAGE_OUTPUT_TOKENS] as const;
const TOOLS_OF_OPENAI = '[{"type":"function","function":';

const PREFIXES: readonly (readonly [prefix: string, dialect: number])[] = [
  ['openinference.', OPENINFERENCE],
  ['llm.token_count.', OPENINFERENCE],
  ['llm.input_messages.', OPENINFERENCE],
  ['llm.output_messages.', OPENINFERENCE],
  ['llm.model_name', OPENINFERENCE],
  ['llm.invocation_parameters', OPENINFERENCE],
  ['llm.', OPENLLMETRY],
  ['traceloop.', OPENLLMETRY],
  ['db.vector.query.top_k', OPENLLMETRY],
  ['langfuse.', LANGFUSE],
  ['langsmith.', LANGSMITH],
  ['ai.', AI_SDK],
];

/** Names below `gen_ai.` that are of no convention. */
const EXTRA: ReadonlyMap<string, number> = new Map([
  ...Object.entries(removedAttributes).flatMap(([name, { to }]) =>
    to === undefined ? [] : [[name, REMOVED_NAMES] as const],
  ),
  // The texts of before; as LangSmith still writes them.
  ['gen_ai.prompt', REMOVED_NAMES],
  ['gen_ai.completion', REMOVED_NAMES],
  ['gen_ai.usage.cache_read_input_tokens', OPENLLMETRY],
  ['gen_ai.usage.cache_creation_input_tokens', OPENLLMETRY],
  ['gen_ai.usage.reasoning_tokens', OPENLLMETRY],
  ['gen_ai.usage.total_tokens', OPENLLMETRY],
  ['gen_ai.is_streaming', OPENLLMETRY],
  ['gen_ai.request.n', OPENLLMETRY],
  ['gen_ai.request.reasoning_effort', OPENLLMETRY],
  ['gen_ai.response.finish_reason', OPENLLMETRY],
  ['gen_ai.response.stop_reason', OPENLLMETRY],
  ['gen_ai.user', OPENLLMETRY],
  ['gen_ai.usage.input_token_details', LANGSMITH],
  ['gen_ai.usage.output_token_details', LANGSMITH],
  ['gen_ai.response.service_tier', LANGSMITH],
  ['gen_ai.response.system_fingerprint', LANGSMITH],
  ['gen_ai.client.operation.duration', AI_SDK],
  ['gen_ai.client.operation.time_to_first_chunk', AI_SDK],
  ['gen_ai.client.operation.time_per_output_chunk', AI_SDK],
  ['gen_ai.execute_tool.duration', AI_SDK],
]);

/** What a name tells, kept: the same few dozen names stand on all spans. */
const known = new Map<string, number>();
// Names that are made up anew for each span, such as positions in long lists, are looked at again each time.
const MAX_KNOWN = 2000;

/** The vocabularies of a span, none for one in today's names. Asked on the application's thread, for every span that ends. */
export function dialectsIn({ kind, attributes, status, events }: ReadableSpan): number {
  let dialects = 0;
  for (const name in attributes) dialects |= known.get(name) ?? lookedUp(name);
  for (const { name } of events) if (ROLE_OF_EVENT.has(name)) dialects |= REMOVED_NAMES;
  for (const name of COUNTS) if (typeof attributes[name] === 'string') dialects |= INACCURATE;
  const provider = attributes[ATTR_GEN_AI_PROVIDER_NAME];
  if (typeof provider === 'string' && !isProvider(provider)) dialects |= REMOVED_NAMES;
  const operation = attributes[ATTR_GEN_AI_OPERATION_NAME];
  if (operation === undefined) return dialects;
  if (isRollUp(kind, attributes)) {
    if (
      attributes[ATTR_LLM_OTEL_USAGE_ROLLUP] !== false &&
      (attributes[ATTR_GEN_AI_USAGE_INPUT_TOKENS] !== undefined ||
        attributes[ATTR_GEN_AI_USAGE_OUTPUT_TOKENS] !== undefined)
    )
      dialects |= ROLL_UP;
    if (provider !== undefined) dialects |= INACCURATE;
  }
  if (status.code === SpanStatusCode.ERROR && attributes[ATTR_ERROR_TYPE] === undefined)
    dialects |= INACCURATE;
  const tools = attributes[ATTR_GEN_AI_TOOL_DEFINITIONS];
  if (typeof tools === 'string' && tools.startsWith(TOOLS_OF_OPENAI)) dialects |= INACCURATE;
  return dialects;
}

function lookedUp(name: string): number {
  const dialects = name.startsWith('gen_ai.') ? inGenAi(name) : byPrefix(name);
  if (known.size < MAX_KNOWN) known.set(name, dialects);
  return dialects;
}

function byPrefix(name: string): number {
  for (const [prefix, dialect] of PREFIXES) if (name.startsWith(prefix)) return dialect;
  return 0;
}

function inGenAi(name: string): number {
  const extra = EXTRA.get(name);
  if (extra !== undefined) return extra;
  return /^gen_ai\.(?:prompt|completion)\.\d/.test(name) ? OPENLLMETRY : 0;
}

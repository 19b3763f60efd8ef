import { tierOf } from '../../cost/cost-of.ts';
import {
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_COST_TIER,
  ATTR_OPENAI_RESPONSE_SERVICE_TIER,
} from '../../generated/attributes.ts';
import { isOpenAi } from '../../is-open-ai.ts';
import { parsedJson } from '../../messages/parts.ts';
import { keysOf, readMember } from '../../read-member.ts';
import { USAGE_ATTRIBUTES } from '../../usage/usage-attributes.ts';
import { sumOfKnown, tokenCount, type Usage } from '../../usage/usage.ts';
import type { DialectReading } from '../dialect-reading.ts';

const INPUT_DETAILS = 'gen_ai.usage.input_token_details';
const OUTPUT_DETAILS = 'gen_ai.usage.output_token_details';
const SERVICE_TIER = 'gen_ai.response.service_tier';
/** What the answer told, and what the application said of the run. */
const WHOLE = ['langsmith.usage_metadata', 'langsmith.metadata.usage_metadata'] as const;

/** Tiers with prices of their own stand in front of the names of parts; what is of no part has the tier as its name. */
const TIER = /^(priority|flex)(?:_|$)/;

/**
 * The parts of a usage as LangSmith writes them, as JSON: `{"cache_read": 9000}`, `{"reasoning": 900}`, in a tier with
 * prices of its own `{"priority_cache_read": 9000, "priority": 1000}`. LangChain writes the same. The inputs are totals.
 */
export function readLangSmithUsage(reading: DialectReading): void {
  const wholes = WHOLE.map((name) => parsedJson(reading.peek(name)));
  const input = detailsOf(reading, INPUT_DETAILS, wholes, 'input_token_details');
  const output = detailsOf(reading, OUTPUT_DETAILS, wholes, 'output_token_details');
  if (!reading.isNoCall) readTier(reading, input.tier ?? output.tier);
  const usage: Usage = {
    cacheReadTokens: sumOfKnown(input.count('cache_read'), input.count('cache_read_over_200k')),
    ...writtenIn(input),
    reasoningTokens: output.count('reasoning'),
    // Totals of spans around calls are not split.
    ...(!reading.isNoCall && {
      textInputTokens: input.count('text'),
      audioInputTokens: input.count('audio'),
      imageInputTokens: input.count('image'),
      textOutputTokens: output.count('text'),
      audioOutputTokens: output.count('audio'),
      imageOutputTokens: output.count('image'),
    }),
  };
  readTotals(reading, wholes, usage.reasoningTokens ?? 0);
  for (const [key, name] of USAGE_ATTRIBUTES) reading.set(name, usage[key]);
}

/** A total is written for both kinds of caches, or a count for each, or beside these a total that is left at zero. */
function writtenIn(input: Details): Usage {
  // Its wrapper of Anthropic's client writes `1hr`, LangChain `1h`.
  const oneHour =
    input.count('ephemeral_1hr_input_tokens') ?? input.count('ephemeral_1h_input_tokens');
  const parts = sumOfKnown(input.count('ephemeral_5m_input_tokens'), oneHour);
  const total = input.count('cache_creation');
  return {
    cacheWriteTokens:
      total === undefined || parts === undefined ? (total ?? parts) : Math.max(total, parts),
    cacheWriteOneHourTokens: oneHour === 0 ? undefined : oneHour,
  };
}

/** Its wrapper of Gemini's client leaves reasoning out of the output, which the total tells. */
function readTotals(reading: DialectReading, wholes: readonly unknown[], reasoning: number): void {
  const whole = wholes.find((one) => tokenCount(readMember(one, 'input_tokens')) !== undefined);
  const input = tokenCount(readMember(whole, 'input_tokens'));
  const output = tokenCount(readMember(whole, 'output_tokens'));
  const total = tokenCount(readMember(whole, 'total_tokens'));
  reading.set(ATTR_GEN_AI_USAGE_INPUT_TOKENS, input);
  reading.set(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, output);
  if (input === undefined || output === undefined || reasoning === 0) return;
  if (
    total === input + output + reasoning &&
    tokenCount(reading.peek(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS)) === output
  )
    reading.put(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, output + reasoning);
}

function readTier(reading: DialectReading, priced: string | undefined): void {
  const tier = reading.takeString(SERVICE_TIER) ?? priced;
  if (tier === undefined) return;
  const provider = reading.peek(ATTR_GEN_AI_PROVIDER_NAME) ?? reading.peek('gen_ai.system');
  if (typeof provider === 'string' && isOpenAi(provider)) {
    reading.set(ATTR_OPENAI_RESPONSE_SERVICE_TIER, tier);
    return;
  }
  const known = tierOf(tier) ?? tier;
  if (known !== 'standard') reading.set(ATTR_LLM_OTEL_COST_TIER, known);
}

/** The counts of one side. */
interface Details {
  readonly tier: string | undefined;
  count(name: string): number | undefined;
}

/** Of an attribute of its own, which is gone where all of it was read, or else of the whole usage. */
function detailsOf(
  reading: DialectReading,
  name: string,
  wholes: readonly unknown[],
  key: string,
): Details {
  const own = parsedJson(reading.peek(name));
  const details = [own, ...wholes.map((whole) => readMember(whole, key))].find(
    (one) => keysOf(one).length > 0,
  );
  const counts = new Map<string, number>();
  let tier: string | undefined;
  for (const part of keysOf(details)) {
    const count = tokenCount(readMember(details, part));
    if (count === undefined) continue;
    tier ??= TIER.exec(part)?.[1];
    const plain = part.replace(TIER, '');
    counts.set(plain, (counts.get(plain) ?? 0) + count);
  }
  if (details === own && [...counts.keys()].every((part) => READ.has(part))) reading.take(name);
  return { tier, count: (part) => counts.get(part) };
}

/** What has no name of today is a price of its own: what is beyond 200,000 tokens, or of no part in its tier. */
const READ = new Set([
  '',
  'over_200k',
  'cache_read',
  'cache_read_over_200k',
  'cache_creation',
  'ephemeral_5m_input_tokens',
  'ephemeral_1h_input_tokens',
  'ephemeral_1hr_input_tokens',
  'reasoning',
  'text',
  'audio',
  'image',
]);

import type { InferenceRequest } from '@llm-otel/llm-conventions';
import { readList, readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';

type NumberName =
  | 'maxTokens'
  | 'temperature'
  | 'topP'
  | 'topK'
  | 'frequencyPenalty'
  | 'presencePenalty'
  | 'seed'
  | 'choiceCount';

type Parameters = {
  -readonly [
    Name in NumberName | 'stopSequences' | 'reasoningLevel' | 'outputType'
  ]?: InferenceRequest[Name];
};

/**
 * Parameters by the names that the models on Bedrock have for them. They never mean two things, so that a model need not be
 * known: an ARN often does not tell it.
 */
const NUMBERS: ReadonlyMap<string, NumberName> = new Map([
  ['maxTokens', 'maxTokens'],
  ['max_tokens', 'maxTokens'],
  ['max_completion_tokens', 'maxTokens'],
  ['max_tokens_to_sample', 'maxTokens'],
  ['max_gen_len', 'maxTokens'],
  ['max_new_tokens', 'maxTokens'],
  ['maxTokenCount', 'maxTokens'],
  ['temperature', 'temperature'],
  ['topP', 'topP'],
  ['top_p', 'topP'],
  ['p', 'topP'],
  ['topK', 'topK'],
  ['top_k', 'topK'],
  ['k', 'topK'],
  ['frequency_penalty', 'frequencyPenalty'],
  ['presence_penalty', 'presencePenalty'],
  ['seed', 'seed'],
  ['random_seed', 'seed'],
  ['n', 'choiceCount'],
  ['num_generations', 'choiceCount'],
]);

/** What stands in an earlier one of `bodies` counts. */
export function requestParameters(...bodies: readonly unknown[]): Parameters {
  const found: Parameters = {};
  for (const body of bodies) collect(body, found);
  return found;
}

function collect(place: unknown, found: Parameters): void {
  if (typeof place !== 'object' || place === null) return;
  // A request has few members, and the models many names.
  for (const key of Object.keys(place)) {
    const number = NUMBERS.get(key);
    if (number !== undefined) found[number] ??= readNumber(place, key);
    else collectOther(readMember(place, key), key, place, found);
  }
}

function collectOther(value: unknown, key: string, place: object, found: Parameters): void {
  switch (key) {
    // `Converse` and Nova, Titan: all others have theirs beside the text.
    case 'inferenceConfig':
    case 'textGenerationConfig':
      return collect(value, found);
    case 'stopSequences':
    case 'stop_sequences':
    case 'stop':
      found.stopSequences ??= textsIn(place, key);
      return;
    // Of `Converse`, of Claude.
    case 'outputConfig':
    case 'output_config':
      found.reasoningLevel ??= readString(value, 'effort');
      found.outputType ??= typeOf(readMember(value, 'textFormat') ?? readMember(value, 'format'));
      return;
    case 'response_format':
      found.outputType ??= typeOf(value);
      return;
    case 'reasoning_effort':
      found.reasoningLevel ??= readString(place, key);
      return;
    // Nova.
    case 'reasoningConfig':
      found.reasoningLevel ??= readString(value, 'maxReasoningEffort');
      return;
    default:
  }
}

function textsIn(place: object, key: string): readonly string[] | undefined {
  const text = readString(place, key);
  if (text !== undefined) return [text];
  const texts = readList(place, key).filter((item) => typeof item === 'string');
  return texts.length === 0 ? undefined : texts;
}

function typeOf(format: unknown): 'json' | undefined {
  return readString(format, 'type')?.startsWith('json') === true ? 'json' : undefined;
}

import {
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY,
  ATTR_GEN_AI_REQUEST_REASONING_LEVEL,
  ATTR_GEN_AI_REQUEST_SEED,
  ATTR_GEN_AI_REQUEST_STOP_SEQUENCES,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_REQUEST_TOP_K,
  ATTR_GEN_AI_REQUEST_TOP_P,
} from '../generated/attributes.ts';
import { keysOf, readMember } from '../read-member.ts';
import type { DialectReading } from './dialect-reading.ts';

/** Parameters of a request by their names in JSON; the first one of each is the one that is written. */
const PARAMETERS: readonly (readonly [attribute: string, ...names: string[]])[] = [
  [
    ATTR_GEN_AI_REQUEST_MAX_TOKENS,
    'max_tokens',
    'max_completion_tokens',
    'max_output_tokens',
    'maxOutputTokens',
    'maxTokens',
  ],
  [ATTR_GEN_AI_REQUEST_TEMPERATURE, 'temperature'],
  [ATTR_GEN_AI_REQUEST_TOP_P, 'top_p', 'topP'],
  [ATTR_GEN_AI_REQUEST_TOP_K, 'top_k', 'topK'],
  [ATTR_GEN_AI_REQUEST_SEED, 'seed'],
  [ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, 'stop', 'stop_sequences', 'stopSequences'],
  [ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, 'frequency_penalty', 'frequencyPenalty'],
  [ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, 'presence_penalty', 'presencePenalty'],
  [ATTR_GEN_AI_REQUEST_CHOICE_COUNT, 'n'],
  [ATTR_GEN_AI_REQUEST_STREAM, 'stream'],
  [ATTR_GEN_AI_REQUEST_REASONING_LEVEL, 'reasoning_effort', 'reasoningEffort'],
];

/** Attributes that are parameters of a request. */
export const PARAMETER_ATTRIBUTES: readonly string[] = PARAMETERS.map(([attribute]) => attribute);

/**
 * Reads parameters out of a JSON attribute. What no attribute of today stands for stays under the old name.
 */
export function readParameters(reading: DialectReading, name: string): void {
  const parameters = reading.takeJson(name);
  if (typeof parameters !== 'object' || parameters === null) {
    reading.set(name, parameters);
    return;
  }
  const rest: Record<string, unknown> = {};
  for (const key of keysOf(parameters)) {
    const found = PARAMETERS.find(([, ...names]) => names.includes(key));
    const value = readMember(parameters, key);
    const current = found === undefined ? undefined : valueOf(found[0], value);
    if (found === undefined || current === undefined) rest[key] = value;
    else reading.set(found[0], current);
  }
  if (Object.keys(rest).length > 0) reading.setJson(name, rest);
}

function valueOf(attribute: string, value: unknown): unknown {
  switch (attribute) {
    case ATTR_GEN_AI_REQUEST_STREAM:
      // Absent means no stream.
      return value === true ? true : undefined;
    case ATTR_GEN_AI_REQUEST_STOP_SEQUENCES:
      if (typeof value === 'string') return [value];
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? value
        : undefined;
    case ATTR_GEN_AI_REQUEST_REASONING_LEVEL:
      return typeof value === 'string' ? value : undefined;
    default:
      return typeof value === 'number' ? value : undefined;
  }
}

/** The parameters of a request as one JSON object; undefined where there are none. */
export function parametersOf(
  attributes: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const parameters: Record<string, unknown> = {};
  for (const [attribute, name = ''] of PARAMETERS)
    if (attributes[attribute] !== undefined) parameters[name] = attributes[attribute];
  return Object.keys(parameters).length === 0 ? undefined : parameters;
}

import {
  ATTR_GEN_AI_DATA_SOURCE_ID,
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY,
  ATTR_GEN_AI_REQUEST_SEED,
  ATTR_GEN_AI_REQUEST_STOP_SEQUENCES,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_REQUEST_TOP_P,
} from '../generated/attributes.ts';
import type { AttributeTypes } from '../generated/attribute-types.ts';
import type { ChatMessage, MessagePart, ToolDefinition } from '../messages/message-types.ts';

/** What an agent is asked to use for its model calls, where the application sets it for the whole run. */
export interface AgentParameters {
  /** Only where the agent always uses this one model. */
  readonly model?: string | undefined;
  readonly dataSourceId?: string | undefined;
  /** One that the conventions do not list is marked with `customValue`. */
  readonly outputType?: AttributeTypes['gen_ai.output.type'] | undefined;
  /** Recorded unless 1. */
  readonly choiceCount?: number | undefined;
  readonly maxTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly seed?: number | undefined;
  readonly stopSequences?: readonly string[] | undefined;
}

/** What an agent is given. Recorded only where content is on. */
export interface AgentInput {
  readonly inputMessages?: readonly ChatMessage[] | undefined;
  readonly systemInstructions?: readonly MessagePart[] | undefined;
  /** Type and name of each tool are recorded. */
  readonly toolDefinitions?: readonly ToolDefinition[] | undefined;
}

export function setAgentParameters(
  set: (name: string, value: unknown) => void,
  request: AgentParameters,
): void {
  set(ATTR_GEN_AI_DATA_SOURCE_ID, request.dataSourceId);
  set(ATTR_GEN_AI_OUTPUT_TYPE, request.outputType);
  // Absent means the usual case.
  if (request.choiceCount !== 1) set(ATTR_GEN_AI_REQUEST_CHOICE_COUNT, request.choiceCount);
  set(ATTR_GEN_AI_REQUEST_MAX_TOKENS, request.maxTokens);
  set(ATTR_GEN_AI_REQUEST_TEMPERATURE, request.temperature);
  set(ATTR_GEN_AI_REQUEST_TOP_P, request.topP);
  set(ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, request.frequencyPenalty);
  set(ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, request.presencePenalty);
  set(ATTR_GEN_AI_REQUEST_SEED, request.seed);
  set(ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, request.stopSequences);
}

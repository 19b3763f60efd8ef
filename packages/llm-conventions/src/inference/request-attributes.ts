import type { Attributes } from '@opentelemetry/api';
import type { AgentScope } from '../agent-scope.ts';
import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VERSION,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY,
  ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID,
  ATTR_GEN_AI_REQUEST_REASONING_LEVEL,
  ATTR_GEN_AI_REQUEST_SEED,
  ATTR_GEN_AI_REQUEST_STOP_SEQUENCES,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_REQUEST_TOP_K,
  ATTR_GEN_AI_REQUEST_TOP_P,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '../generated/attributes.ts';
import { type AttributeTarget, setIfKnown } from '../set-if-known.ts';
import { knownInferenceAttributes } from '../typed-attributes.ts';
import type { InferenceRequest } from './inference-types.ts';

/** What samplers may decide on. Everything else is set after the start, which is cheaper. */
export function startAttributes(
  request: InferenceRequest,
  operation: string,
  scope: AgentScope | undefined,
): Attributes {
  const attributes: Attributes = {
    [ATTR_GEN_AI_OPERATION_NAME]: operation,
    [ATTR_GEN_AI_PROVIDER_NAME]: request.provider,
  };
  const agentName = request.agentName ?? scope?.agentName;
  const conversationId = request.conversationId ?? scope?.conversationId;
  if (request.model !== undefined) attributes[ATTR_GEN_AI_REQUEST_MODEL] = request.model;
  if (request.serverAddress !== undefined) {
    attributes[ATTR_SERVER_ADDRESS] = request.serverAddress;
    if (request.serverPort !== undefined) attributes[ATTR_SERVER_PORT] = request.serverPort;
  }
  if (agentName !== undefined) attributes[ATTR_GEN_AI_AGENT_NAME] = agentName;
  if (conversationId !== undefined) attributes[ATTR_GEN_AI_CONVERSATION_ID] = conversationId;
  return attributes;
}

/** The rest of the request. */
export function setRequestAttributes(
  span: AttributeTarget,
  request: InferenceRequest,
  content: boolean,
): void {
  setIfKnown(span, ATTR_GEN_AI_REQUEST_MAX_TOKENS, request.maxTokens);
  setIfKnown(span, ATTR_GEN_AI_REQUEST_TEMPERATURE, request.temperature);
  setIfKnown(span, ATTR_GEN_AI_REQUEST_TOP_P, request.topP);
  setIfKnown(span, ATTR_GEN_AI_REQUEST_TOP_K, request.topK);
  setIfKnown(span, ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, request.frequencyPenalty);
  setIfKnown(span, ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, request.presencePenalty);
  setIfKnown(span, ATTR_GEN_AI_REQUEST_SEED, request.seed);
  setIfKnown(span, ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, request.stopSequences);
  setIfKnown(span, ATTR_GEN_AI_REQUEST_REASONING_LEVEL, request.reasoningLevel);
  setIfKnown(span, ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID, request.previousResponseId);
  setIfKnown(span, ATTR_GEN_AI_OUTPUT_TYPE, request.outputType);
  setIfKnown(span, ATTR_GEN_AI_PROMPT_NAME, request.promptName);
  if (request.promptName !== undefined)
    setIfKnown(span, ATTR_GEN_AI_PROMPT_VERSION, request.promptVersion);
  // Absent means the usual case: one choice, no stream.
  if (request.choiceCount !== 1)
    setIfKnown(span, ATTR_GEN_AI_REQUEST_CHOICE_COUNT, request.choiceCount);
  if (request.stream === true) span.setAttribute(ATTR_GEN_AI_REQUEST_STREAM, true);
  if (request.attributes !== undefined) setListed(span, request.attributes, content);
  if (request.extra !== undefined) setAllKnown(span, request.extra);
}

/** Sets those of `attributes` that have a value and belong on a model call; without `content`, no content. */
export function setListed(span: AttributeTarget, attributes: object, content: boolean): void {
  knownInferenceAttributes().forEach(attributes, content, (name, value) =>
    setIfKnown(span, name, value),
  );
}

/** Sets the members of `attributes` that have a value. */
export function setAllKnown(span: AttributeTarget, attributes: object): void {
  const values = attributes as Record<string, unknown>;
  for (const name of Object.keys(values)) setIfKnown(span, name, values[name]);
}

import {
  type ChatMessage,
  GEN_AI_OPERATION_NAME_VALUE_CHAT as CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT as GENERATE,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION as COMPLETE,
  type InferenceInput,
  type InferenceRequest,
  inputFromAnthropic,
  inputFromBedrock,
  inputFromOpenAiChat,
} from '@llm-otel/llm-conventions';
import { readList, readMember, readString } from '@llm-otel/llm-conventions/client';
import { guardrailOf } from '../guardrail.ts';
import { requestParameters } from '../request-parameters.ts';
import type { Server } from '../server-of-request.ts';

/**
 * What `InvokeModelCommand` and `InvokeModelWithResponseStreamCommand` are made with: a body in the words of the model. Its form
 * tells whose they are, where the id of the model may be an ARN that does not.
 */
export function invokeRequest(
  input: unknown,
  body: unknown,
  server: Server,
  recordsContent: boolean,
): InferenceRequest {
  const { attributes, extra } = guardrailOf(input);
  const operation = operationOf(body);
  return {
    ...server,
    operation,
    model: readString(input, 'modelId'),
    ...requestParameters(body),
    ...(operation === GENERATE && { outputType: 'image' as const }),
    attributes,
    extra: {
      ...extra,
      'bedrock.request.service_tier': readString(input, 'serviceTier'),
      'bedrock.request.performance_latency': readString(input, 'performanceConfigLatency'),
    },
    ...(recordsContent && inputOf(body)),
  };
}

function operationOf(body: unknown): typeof CHAT | typeof GENERATE | typeof COMPLETE {
  if (readMember(body, 'messages') !== undefined || isCommandR(body)) return CHAT;
  if (IMAGES.some((key) => readMember(body, key) !== undefined)) return GENERATE;
  const isPrompt = readMember(body, 'prompt') ?? readMember(body, 'inputText');
  // A body that cannot be read, such as one with images in it, is that of a chat.
  return isPrompt === undefined ? CHAT : COMPLETE;
}

// Nova Canvas and Titan, Stable Diffusion, Stable Image.
const IMAGES = ['imageGenerationConfig', 'text_prompts', 'aspect_ratio', 'output_format'];

function isCommandR(body: unknown): boolean {
  return typeof readMember(body, 'message') === 'string';
}

function inputOf(body: unknown): InferenceInput {
  if (isCommandR(body)) return inputOfCommandR(body);
  if (readMember(body, 'messages') === undefined) {
    const content = readString(body, 'prompt') ?? readString(body, 'inputText');
    return content === undefined ? {} : { inputMessages: [textMessage('user', content)] };
  }
  if (readMember(body, 'anthropic_version') !== undefined) return inputFromAnthropic(body);
  return isOfNova(body) ? inputFromBedrock(body) : inputFromOpenAiChat(body);
}

/** Nova has the messages of `Converse`, whose blocks have no type. */
function isOfNova(body: unknown): boolean {
  const [first] = readList(body, 'messages');
  const [block] = readList(first, 'content');
  return block !== undefined && readMember(block, 'type') === undefined;
}

function inputOfCommandR(body: unknown): InferenceInput {
  const history = readList(body, 'chat_history').map((turn) =>
    textMessage(
      readString(turn, 'role') === 'CHATBOT' ? 'assistant' : 'user',
      readString(turn, 'message') ?? '',
    ),
  );
  const preamble = readString(body, 'preamble');
  return {
    inputMessages: [...history, textMessage('user', readString(body, 'message') ?? '')],
    ...(preamble !== undefined && { systemInstructions: [{ type: 'text', content: preamble }] }),
    ...(readList(body, 'tools').length > 0 && {
      toolDefinitions: readList(body, 'tools').map((tool) => ({
        type: 'function',
        name: readString(tool, 'name') ?? '',
        description: readString(tool, 'description'),
        parameters: readMember(tool, 'parameter_definitions'),
      })),
    }),
  };
}

function textMessage(role: string, content: string): ChatMessage {
  return { role, parts: [{ type: 'text', content }] };
}

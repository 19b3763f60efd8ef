import type { Attributes } from '@opentelemetry/api';
import { type InferenceRequest, inputFromAnthropic } from '@llm-otel/llm-conventions';
import {
  type ModelServer,
  readList,
  readMember,
  readNumber,
  readString,
} from '@llm-otel/llm-conventions/client';

/** What `client.messages.create` and `client.beta.messages.create` are called with. */
export function messagesRequest(
  body: unknown,
  server: ModelServer,
  recordsContent: boolean,
): InferenceRequest {
  const output = readMember(body, 'output_config');
  // The older place for it.
  const format = readMember(output, 'format') ?? readMember(body, 'output_format');
  return {
    ...server,
    model: readString(body, 'model'),
    stream: readMember(body, 'stream') === true ? true : undefined,
    maxTokens: readNumber(body, 'max_tokens'),
    temperature: readNumber(body, 'temperature'),
    topP: readNumber(body, 'top_p'),
    topK: readNumber(body, 'top_k'),
    stopSequences: stopSequences(body),
    reasoningLevel: readString(output, 'effort'),
    outputType: readString(format, 'type') === 'json_schema' ? 'json' : undefined,
    extra: anthropicRequestAttributes(body),
    ...(recordsContent && inputFromAnthropic(body)),
  };
}

/** Under the names that the client itself has for them in the spans it makes since 0.134. */
function anthropicRequestAttributes(body: unknown): Attributes {
  const thinking = readMember(body, 'thinking');
  return {
    'anthropic.request.service_tier': readString(body, 'service_tier'),
    'anthropic.thinking.type': readString(thinking, 'type'),
    'anthropic.thinking.budget_tokens': readNumber(thinking, 'budget_tokens'),
  };
}

function stopSequences(body: unknown): readonly string[] | undefined {
  const sequences = readList(body, 'stop_sequences').filter((item) => typeof item === 'string');
  return sequences.length === 0 ? undefined : sequences;
}

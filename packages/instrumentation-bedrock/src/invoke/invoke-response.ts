import type { Attributes } from '@opentelemetry/api';
import {
  finishReasonFrom,
  type InferenceResponse,
  outputFromAnthropic,
  outputFromOpenAiChat,
  type Usage,
  usageFromAnthropic,
  usageFromOpenAi,
} from '@llm-otel/llm-conventions';
import { readList, readMember, readString } from '@llm-otel/llm-conventions/client';
import { converseResponse } from '../converse-response.ts';
import { generatedText } from './generated-text.ts';

/**
 * What a model answers, in its own words; their form tells whose they are. `counts`: what Bedrock has counted, where the
 * model does not tell.
 */
export function invokeResponse(
  body: unknown,
  counts: Usage | undefined,
  recordsContent: boolean,
): InferenceResponse {
  const response = read(body, recordsContent);
  return { ...response, usage: response.usage ?? counts };
}

function read(body: unknown, recordsContent: boolean): InferenceResponse {
  // Claude.
  if (Array.isArray(readMember(body, 'content')))
    return {
      ...idAndModel(body),
      usage: usageFromAnthropic(readMember(body, 'usage')),
      ...reasons([readMember(body, 'stop_reason')]),
      ...(recordsContent && { outputMessages: outputFromAnthropic(body) }),
    };
  // Nova.
  if (readMember(body, 'output') !== undefined) return converseResponse(body, recordsContent);
  const choices = readList(body, 'choices');
  // Mistral, Jamba, DeepSeek, Qwen, GPT and the others that speak OpenAI's API.
  if (readMember(choices[0], 'message') !== undefined)
    return {
      ...idAndModel(body),
      usage: usageFromOpenAi(readMember(body, 'usage')),
      ...reasons(choices.map(reasonOfChoice)),
      ...(recordsContent && { outputMessages: outputFromOpenAiChat(body) }),
    };
  return generatedResponse(body, recordsContent);
}

/** A text, or several. */
function generatedResponse(body: unknown, recordsContent: boolean): InferenceResponse {
  const { texts, id, usage } = generatedText(body);
  return {
    id,
    model: readString(body, 'model'),
    usage,
    ...reasons(texts.map(({ reason }) => reason)),
    ...(recordsContent && {
      outputMessages: texts.flatMap(({ text, parts = [] }) =>
        text === undefined && parts.length === 0
          ? []
          : [
              {
                role: 'assistant',
                parts: [...(text ? [{ type: 'text' as const, content: text }] : []), ...parts],
              },
            ],
      ),
    }),
  };
}

/** Mistral says `stop_reason`. */
export function reasonOfChoice(choice: unknown): unknown {
  return readMember(choice, 'finish_reason') ?? readMember(choice, 'stop_reason');
}

function idAndModel(body: unknown): InferenceResponse {
  return { id: readString(body, 'id'), model: readString(body, 'model') };
}

function reasons(words: readonly unknown[]): InferenceResponse {
  const known = words.map((word) => finishReasonFrom(word));
  return known.some((reason) => reason !== undefined)
    ? { finishReasons: known.map((reason) => reason ?? 'error') }
    : {};
}

/** What only Bedrock puts into an answer. */
export function invokeStop(body: unknown): Attributes {
  return {
    'bedrock.stop_reason': readString(body, 'stop_reason') ?? readString(body, 'stopReason'),
    'bedrock.guardrail.action': readString(body, 'amazon-bedrock-guardrailAction'),
  };
}

import type { Attributes } from '@opentelemetry/api';
import type { GenAi } from '@llm-otel/llm-conventions';
import { readList, readString } from '@llm-otel/llm-conventions/client';

/** What a span of the AI SDK says was asked. */
export function inputs(genAi: GenAi, attributes: Attributes): object {
  return {
    inputMessages: json(genAi, attributes, 'gen_ai.input.messages'),
    systemInstructions: json(genAi, attributes, 'gen_ai.system_instructions'),
    toolDefinitions: json(genAi, attributes, 'gen_ai.tool.definitions'),
  };
}

/** What it says was answered. */
export function outputs(genAi: GenAi, attributes: Attributes): object {
  const reasons = readList(attributes, 'gen_ai.response.finish_reasons');
  return {
    outputMessages: json(genAi, attributes, 'gen_ai.output.messages'),
    ...(reasons.length > 0 && { finishReasons: reasons }),
  };
}

/** Content that the AI SDK has written as JSON; nothing where none is to be recorded. */
export function json(genAi: GenAi, attributes: Attributes, name: string): unknown {
  const text = genAi.content === 'none' ? undefined : readString(attributes, name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

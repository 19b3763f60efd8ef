import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '../../generated/attributes.ts';
import { finishReasonFrom } from '../../messages/finish-reason.ts';
import type { ChatMessage, InputContent } from '../../messages/message-types.ts';
import { inputFromAnthropic, outputFromAnthropic } from '../../messages/messages-from-anthropic.ts';
import {
  inputFromOpenAiChat,
  messagesFromOpenAiChat,
  outputFromOpenAiChat,
} from '../../messages/messages-from-openai-chat.ts';
import {
  inputFromOpenAiResponses,
  outputFromOpenAiResponses,
} from '../../messages/messages-from-openai-responses.ts';
import { parsedJson, textPart } from '../../messages/parts.ts';
import { readList, readMember, readString, toList } from '../../read-member.ts';
import type { DialectReading } from '../dialect-reading.ts';
import { readToolData } from '../tool-data.ts';
import { fromLangChain } from './langchain-messages.ts';

/**
 * Reads `gen_ai.prompt` and `gen_ai.completion`, the JSON texts in which LangSmith says what a call was given and answered
 * and earlier libraries did: requests and answers of OpenAI and Anthropic, messages of LangChain, or a text. Anything else
 * stays under its name.
 */
export function readJsonContent(reading: DialectReading): void {
  if (!reading.has('gen_ai.prompt') && !reading.has('gen_ai.completion')) return;
  const operation = reading.peek(ATTR_GEN_AI_OPERATION_NAME);
  if (operation === 'execute_tool') readTool(reading);
  else if (operation !== 'embeddings' && operation !== 'retrieval') readMessages(reading);
}

function readTool(reading: DialectReading): void {
  readToolData(reading, ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'gen_ai.prompt');
  readToolData(reading, ATTR_GEN_AI_TOOL_CALL_RESULT, 'gen_ai.completion');
}

function readMessages(reading: DialectReading): void {
  const isAnthropic = reading.peek(ATTR_GEN_AI_PROVIDER_NAME) === 'anthropic';
  const prompt = parsedJson(reading.peek('gen_ai.prompt'));
  const input = prompt === undefined ? undefined : inputOf(prompt, isAnthropic);
  if (input?.inputMessages !== undefined && input.inputMessages.length > 0) {
    reading.take('gen_ai.prompt');
    reading.setJson(ATTR_GEN_AI_INPUT_MESSAGES, input.inputMessages);
    reading.setJson(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, input.systemInstructions);
    reading.setJson(ATTR_GEN_AI_TOOL_DEFINITIONS, input.toolDefinitions);
  }
  const completion = parsedJson(reading.peek('gen_ai.completion'));
  const output = completion === undefined ? [] : outputOf(completion, isAnthropic);
  if (output.length === 0) return;
  reading.take('gen_ai.completion');
  reading.setJson(ATTR_GEN_AI_OUTPUT_MESSAGES, output);
  const reasons = readList(completion, 'choices').map((choice) =>
    finishReasonFrom(readMember(choice, 'finish_reason')),
  );
  const known = reasons.filter((reason) => reason !== undefined);
  if (known.length > 0 && known.length === reasons.length)
    reading.set(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, known);
}

function inputOf(prompt: unknown, isAnthropic: boolean): InputContent {
  if (typeof prompt === 'string') return asked(textMessage('user', prompt));
  const chained = fromLangChain(Array.isArray(prompt) ? prompt : readMember(prompt, 'messages'));
  if (chained.length > 0) return asked(chained);
  if (Array.isArray(prompt)) return asked(messagesFromOpenAiChat(prompt));
  if (readMember(prompt, 'messages') !== undefined)
    return isAnthropic ? inputFromAnthropic(prompt) : inputFromOpenAiChat(prompt);
  if (readMember(prompt, 'input') !== undefined) return inputFromOpenAiResponses(prompt);
  return asked(textMessage('user', readString(prompt, 'prompt') ?? ''));
}

function asked(inputMessages: ChatMessage[]): InputContent {
  return { inputMessages };
}

function outputOf(completion: unknown, isAnthropic: boolean): ChatMessage[] {
  if (typeof completion === 'string') return textMessage('assistant', completion);
  if (Array.isArray(completion)) return outputMessages(completion);
  if (readMember(completion, 'choices') !== undefined) return outputFromOpenAiChat(completion);
  const [first] = toList(readMember(completion, 'generations'));
  const generations = Array.isArray(first) ? first : readList(completion, 'generations');
  if (generations.length > 0)
    return generations.flatMap((one: unknown) => {
      const [message] = fromLangChain([readMember(one, 'message')]);
      return message ?? textMessage('assistant', readString(one, 'text') ?? '');
    });
  const output = readMember(completion, 'output');
  if (Array.isArray(output)) return outputFromOpenAiResponses(completion);
  if (isAnthropic && Array.isArray(readMember(completion, 'content')))
    return outputFromAnthropic(completion);
  const messages = readMember(completion, 'messages');
  if (Array.isArray(messages)) return outputMessages(messages);
  const message = readMember(completion, 'message') ?? (output === undefined ? completion : output);
  return typeof message === 'string'
    ? textMessage('assistant', message)
    : outputMessages([message]);
}

function outputMessages(messages: readonly unknown[]): ChatMessage[] {
  const chained = fromLangChain(messages);
  return chained.length > 0 ? chained : messagesFromOpenAiChat(messages);
}

function textMessage(role: string, text: string): ChatMessage[] {
  return text === '' ? [] : [{ role, parts: [textPart(text)] }];
}

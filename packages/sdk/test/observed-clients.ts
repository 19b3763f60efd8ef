// Model calls as an application makes and records them: with the official clients, which know nothing of us.
import Anthropic from '@anthropic-ai/sdk';
import {
  finishReasonFrom,
  type GenAi,
  messagesFromOpenAiChat,
  usageFromAnthropic,
  usageFromOpenAi,
} from '@llm-otel/sdk/agents';
import type { ModelEmulator } from '@llm-otel/testing';
import OpenAI from 'openai';

export const OPENAI_MODEL = 'gpt-5-mini';
export const ANTHROPIC_MODEL = 'claude-haiku-4-5';

/** A chat completion of the `openai` client, recorded. */
export function chat(
  genAi: GenAi,
  emulator: ModelEmulator,
  request: Omit<OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming, 'model'>,
): Promise<OpenAI.Chat.Completions.ChatCompletion> {
  const client = new OpenAI({
    baseURL: emulator.openAiBaseUrl,
    apiKey: 'emulator',
    maxRetries: 0,
  });
  const inputMessages = messagesFromOpenAiChat(request.messages);
  return genAi.inference(
    { provider: 'openai', model: OPENAI_MODEL, inputMessages },
    async (call) => {
      const completion = await client.chat.completions.create({ ...request, model: OPENAI_MODEL });
      call.recordResponse({
        id: completion.id,
        model: completion.model,
        finishReasons: completion.choices.map(
          (choice) => finishReasonFrom(choice.finish_reason) ?? 'error',
        ),
        usage: usageFromOpenAi(completion.usage),
        outputMessages: messagesFromOpenAiChat(completion.choices.map(({ message }) => message)),
      });
      return completion;
    },
  );
}

/** A streamed message of the `@anthropic-ai/sdk` client, recorded. Read the stream to its end. */
export function streamedMessage(
  genAi: GenAi,
  emulator: ModelEmulator,
  text: string,
): Promise<AsyncIterable<Anthropic.RawMessageStreamEvent>> {
  const client = new Anthropic({
    baseURL: emulator.anthropicBaseUrl,
    apiKey: 'emulator',
    maxRetries: 0,
    // This client makes spans of its own; beside ours they would count every token twice.
    openTelemetry: false,
  });
  const request = { provider: 'anthropic', model: ANTHROPIC_MODEL, stream: true };
  return genAi.inference(request, async (call) => {
    const stream = await client.messages.create({
      model: ANTHROPIC_MODEL,
      max_tokens: 100,
      messages: [{ role: 'user', content: text }],
      stream: true,
    });
    return call.stream<AsyncIterable<Anthropic.RawMessageStreamEvent>>(stream, (event) => {
      if (event.type === 'message_start') {
        const { id, model, usage } = event.message;
        call.recordResponse({ id, model, usage: usageFromAnthropic(usage) });
      } else if (event.type === 'message_delta') {
        call.recordResponse({
          usage: usageFromAnthropic(event.usage),
          finishReasons: [finishReasonFrom(event.delta.stop_reason) ?? 'error'],
        });
      }
    });
  });
}

import {
  finishReasonFrom,
  type GenAi,
  messagesFromOpenAiChat,
  usageFromOpenAi,
} from '@llm-otel/llm-conventions';
import type OpenAI from 'openai';

type ChatRequest = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

/** A chat completion, recorded as one inference span. What the client returns or throws reaches the caller. */
export function observedChat(
  genAi: GenAi,
  client: OpenAI,
  request: ChatRequest,
): Promise<OpenAI.Chat.Completions.ChatCompletion> {
  const server = new URL(client.baseURL);
  const inference = {
    provider: 'openai',
    model: request.model,
    serverAddress: server.hostname,
    serverPort: Number(server.port || 443),
    maxTokens: request.max_completion_tokens ?? undefined,
    inputMessages: messagesFromOpenAiChat(request.messages),
    toolDefinitions: request.tools?.flatMap((tool) =>
      tool.type === 'function' ? [{ type: 'function', ...tool.function }] : [],
    ),
  };
  return genAi.inference(inference, async (call) => {
    const completion = await client.chat.completions.create(request);
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
  });
}

import type Anthropic from '@anthropic-ai/sdk';
import {
  finishReasonFrom,
  type GenAi,
  messagesFromAnthropic,
  partsFromAnthropic,
  usageFromAnthropic,
} from '@llm-otel/llm-conventions';

type MessageRequest = Omit<Anthropic.MessageCreateParamsStreaming, 'stream'>;
type MessageEvent = Anthropic.RawMessageStreamEvent;

/** A streamed message, recorded as one inference span that ends with the stream. */
export function observedMessageStream(
  genAi: GenAi,
  client: Anthropic,
  request: MessageRequest,
): Promise<AsyncIterable<MessageEvent>> {
  const server = new URL(client.baseURL);
  const inference = {
    provider: 'anthropic',
    model: request.model,
    serverAddress: server.hostname,
    serverPort: Number(server.port || 443),
    maxTokens: request.max_tokens,
    stream: true,
    inputMessages: messagesFromAnthropic(request.messages),
    systemInstructions: partsFromAnthropic(request.system),
  };
  return genAi.inference(inference, async (call) => {
    const stream = await client.messages.create({ ...request, stream: true });
    let text = '';
    return call.stream<AsyncIterable<MessageEvent>>(stream, (event) => {
      switch (event.type) {
        case 'message_start':
          call.recordResponse({
            id: event.message.id,
            model: event.message.model,
            usage: usageFromAnthropic(event.message.usage),
          });
          break;
        case 'content_block_delta':
          if (event.delta.type === 'text_delta') text += event.delta.text;
          break;
        case 'message_delta':
          call.recordResponse({
            usage: usageFromAnthropic(event.usage),
            finishReasons: [finishReasonFrom(event.delta.stop_reason) ?? 'error'],
            outputMessages: [{ role: 'assistant', parts: [{ type: 'text', content: text }] }],
          });
          break;
      }
    });
  });
}

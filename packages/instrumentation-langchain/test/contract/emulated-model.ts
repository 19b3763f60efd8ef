import type { BaseChatModel as BaseChatModel1 } from '@langchain/core/language_models/chat_models';
import type { AIMessage, AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import type { ChatGenerationChunk, ChatResult } from '@langchain/core/outputs';
import type { ClientOptions } from '@llm-otel/tooling/contract';
import OpenAI from 'openai';

/** The classes of one release of `@langchain/core`. */
export interface ModelClasses {
  readonly BaseChatModel: typeof BaseChatModel1;
  readonly AIMessage: typeof AIMessage;
  readonly AIMessageChunk: typeof AIMessageChunk;
  readonly ChatGenerationChunk: typeof ChatGenerationChunk;
}

interface CallOptions {
  readonly signal?: AbortSignal;
}

/** A model as an integration with LangChain has it, for a release that `@langchain/openai` is not installed for. */
export function emulatedModel(classes: ModelClasses, options: ClientOptions): BaseChatModel1 {
  const { BaseChatModel, AIMessage: Message, AIMessageChunk: Chunk } = classes;
  const { maxRetries, ...connection } = options;
  const client = new OpenAI({ apiKey: 'none', maxRetries: 0, ...connection });
  const bodyOf = (
    messages: readonly BaseMessage[],
  ): { model: string; messages: { role: 'user'; content: string }[] } => ({
    model: 'gpt-5-mini',
    messages: messages.map(({ text }) => ({ role: 'user' as const, content: text })),
  });

  class EmulatedModel extends BaseChatModel {
    _llmType(): string {
      return 'openai';
    }

    override invocationParams(): object {
      return { model: 'gpt-5-mini' };
    }

    async _generate(messages: BaseMessage[], { signal }: CallOptions): Promise<ChatResult> {
      const answer = await this.caller.call(() =>
        client.chat.completions.create(bodyOf(messages), signal && { signal }),
      );
      const [choice] = answer.choices;
      const text = choice?.message.content ?? '';
      const fields = {
        content: text,
        response_metadata: { finish_reason: choice?.finish_reason, model_name: answer.model },
        usage_metadata: {
          input_tokens: answer.usage?.prompt_tokens ?? 0,
          output_tokens: answer.usage?.completion_tokens ?? 0,
          total_tokens: answer.usage?.total_tokens ?? 0,
        },
      };
      // In the types of the newest major no text has tokens.
      return { generations: [{ text, message: new Message(fields as never) }] };
    }

    override async *_streamResponseChunks(
      messages: BaseMessage[],
      { signal }: CallOptions,
      runManager?: { handleLLMNewToken(token: string): Promise<void> },
    ): AsyncGenerator<ChatGenerationChunk> {
      const stream = await this.caller.call(() =>
        client.chat.completions.create(
          { ...bodyOf(messages), stream: true, stream_options: { include_usage: true } },
          signal && { signal },
        ),
      );
      for await (const { choices, usage, model } of stream) {
        const [choice] = choices;
        const text = choice?.delta.content ?? '';
        const fields = {
          content: text,
          response_metadata: choice?.finish_reason
            ? { finish_reason: choice.finish_reason, model_name: model }
            : {},
          ...(usage && {
            usage_metadata: {
              input_tokens: usage.prompt_tokens,
              output_tokens: usage.completion_tokens,
              total_tokens: usage.total_tokens,
            },
          }),
        };
        yield new classes.ChatGenerationChunk({ text, message: new Chunk(fields as never) });
        await runManager?.handleLLMNewToken(text);
      }
    }
  }
  return new EmulatedModel({ maxRetries });
}

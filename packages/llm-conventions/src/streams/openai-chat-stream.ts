import { OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS } from '../generated/values.ts';
import type { InferenceResponse } from '../inference/inference-types.ts';
import { finishReasonFrom } from '../messages/finish-reason.ts';
import { readIndex, readList, readMember, readString } from '../read-member.ts';
import { usageFromOpenAi } from '../usage/usage-from-openai.ts';
import { ChoicesReader } from './choices-reader.ts';
import { openAiAttributes } from './open-ai-attributes.ts';
import { errorIn } from './streamed-error.ts';
import type { StreamFormat } from './stream-format.ts';

/** Chunks of the chat completions API, also as Azure, DeepSeek, Groq, Mistral, xAI and others send them. */
export const openAiChatStream: StreamFormat = {
  open: ({ content, provider }) => new Reader(content, provider),
};

class Reader extends ChoicesReader {
  readonly #provider: string | undefined;
  #fingerprint: string | undefined;
  /** Old completions are read too, and the conventions have no type for them. */
  #isChat = false;

  constructor(content: boolean, provider: string | undefined) {
    super(content);
    this.#provider = provider;
  }

  read(chunk: unknown): unknown {
    this.id ??= readString(chunk, 'id');
    this.model ??= readString(chunk, 'model');
    // Groq puts it elsewhere.
    this.usage =
      usageFromOpenAi(readMember(chunk, 'usage')) ??
      usageFromOpenAi(readMember(readMember(chunk, 'x_groq'), 'usage')) ??
      this.usage;
    // It may change on the way: the last word counts.
    this.tier = readString(chunk, 'service_tier') ?? this.tier;
    this.#isChat ||= readString(chunk, 'object') === 'chat.completion.chunk';
    this.#fingerprint ??= readString(chunk, 'system_fingerprint');
    for (const choice of readList(chunk, 'choices')) this.#choice(choice);
    return errorIn(readMember(chunk, 'error'));
  }

  override response(): InferenceResponse {
    return {
      ...super.response(),
      ...openAiAttributes(this.#provider, {
        'openai.api.type': this.#isChat ? OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS : undefined,
        'openai.response.system_fingerprint': this.#fingerprint,
      }),
    };
  }

  #choice(choice: unknown): void {
    const index = readIndex(choice, 'index');
    this.finished(index, finishReasonFrom(readMember(choice, 'finish_reason')));
    // Old completions have the text beside the choice's other members.
    const delta = readMember(choice, 'delta') ?? choice;
    if (!this.content) return;
    const parts = this.partsOf(index);
    parts.text(
      'reasoning',
      readString(delta, 'reasoning_content') ?? readString(delta, 'reasoning'),
      'reasoning',
    );
    parts.text('text', readMember(delta, 'content') ?? readMember(delta, 'text'));
    parts.text('refusal', readMember(delta, 'refusal'), 'refusal');
    for (const [position, call] of readList(delta, 'tool_calls').entries()) {
      const called = readMember(call, 'function') ?? readMember(call, 'custom');
      parts.toolCall(`call ${readIndex(call, 'index', position)}`, {
        id: readMember(call, 'id'),
        name: readMember(called, 'name'),
        json: readMember(called, 'arguments') ?? readMember(called, 'input'),
      });
    }
  }
}

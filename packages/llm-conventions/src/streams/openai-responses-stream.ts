import { OPENAI_API_TYPE_VALUE_RESPONSES } from '../generated/values.ts';
import type { InferenceResponse } from '../inference/inference-types.ts';
import { answersOf } from '../messages/answers.ts';
import { finishReasonOfOpenAiResponse } from '../messages/finish-reason-of-openai-response.ts';
import {
  messagesFromOpenAiResponses,
  outputFromOpenAiResponses,
} from '../messages/messages-from-openai-responses.ts';
import { readIndex, readList, readMember, readString } from '../read-member.ts';
import { usageFromOpenAi } from '../usage/usage-from-openai.ts';
import { MessageReader } from './message-reader.ts';
import { openAiAttributes } from './open-ai-attributes.ts';
import { errorIn } from './streamed-error.ts';
import type { StreamFormat, StreamFormatOptions } from './stream-format.ts';

/** Events of the responses API. */
export const openAiResponsesStream: StreamFormat = {
  open: (options) => new Reader(options),
};

/** The last event of a stream: with the whole response in it, or of an answer that is no response but an image, a transcript or speech. */
const FINAL = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
  // Of the realtime API.
  'response.done',
  'image_generation.completed',
  'image_edit.completed',
  'transcript.text.done',
  'speech.audio.done',
]);

class Reader extends MessageReader {
  /** The newest state of the response that an event told. */
  #response: unknown;
  readonly #provider: string | undefined;

  constructor(options: StreamFormatOptions) {
    super(options);
    this.#provider = options.provider;
  }

  read(event: unknown): unknown {
    const type = readString(event, 'type');
    const response = readMember(event, 'response');
    if (response !== undefined) {
      const id = readString(response, 'id');
      // With the same id it is read once more from its start; a proxy may have ids of its own for what comes later.
      const isRead = id !== undefined && id === readString(this.#response, 'id');
      if (type === 'response.created' && this.#response !== undefined && !isRead) this.another();
      this.#response = response;
      this.id = id ?? this.id;
      this.model = readString(response, 'model');
      this.usage = usageFromOpenAi(readMember(response, 'usage'));
      this.tier = readString(response, 'service_tier') ?? this.tier;
    }
    if (type === undefined) return undefined;
    if (FINAL.has(type)) {
      this.isComplete = true;
      // Of images, transcripts and speech.
      if (response === undefined)
        this.usage = usageFromOpenAi(readMember(event, 'usage')) ?? this.usage;
    } else if (this.content) this.#item(type, event);
    if (type === 'error') return errorIn(readMember(event, 'error') ?? event);
    return type === 'response.failed'
      ? (errorIn(readMember(response, 'error')) ?? errorIn('the response failed'))
      : undefined;
  }

  override response(): InferenceResponse {
    const reason = finishReasonOfOpenAiResponse(this.#response);
    this.#settle();
    const { outputMessages = [], ...answer } = super.response();
    return {
      ...answer,
      ...openAiAttributes(this.#provider, {
        // Images and transcripts come in events of their own.
        'openai.api.type':
          this.#response === undefined ? undefined : OPENAI_API_TYPE_VALUE_RESPONSES,
        'openai.response.system_fingerprint': readString(this.#response, 'system_fingerprint'),
      }),
      ...(this.isComplete && reason !== undefined && { finishReasons: [reason] }),
      ...(this.content && { outputMessages: answersOf(outputMessages) }),
    };
  }

  protected override nextAnswer(): void {
    this.#settle();
    super.nextAnswer();
  }

  /** A whole response says again what came of it in pieces. */
  #settle(): void {
    if (this.content && this.isComplete && readList(this.#response, 'output').length > 0)
      this.parts.become(outputFromOpenAiResponses(this.#response).flatMap(({ parts }) => parts));
  }

  /** For a stream that breaks off: an item is first built from its pieces and then replaced by its final form. */
  #item(type: string, event: unknown): void {
    const index = readIndex(event, 'output_index');
    const part = readIndex(event, 'content_index', readIndex(event, 'summary_index'));
    const key = `${index}.${part}`;
    const delta = readMember(event, 'delta');
    const item = readMember(event, 'item');
    switch (type) {
      case 'response.output_text.delta':
        this.parts.text(key, delta);
        return;
      case 'response.output_text.annotation.added':
        this.parts.cite(key, [readMember(event, 'annotation')]);
        return;
      // The second of each is the word of the realtime API.
      case 'response.audio.transcript.delta':
      case 'response.output_audio_transcript.delta':
        this.parts.audio(key, { transcript: delta });
        return;
      case 'response.audio.delta':
      case 'response.output_audio.delta':
        this.parts.audio(key, { data: delta });
        return;
      case 'response.refusal.delta':
        this.parts.text(key, delta, 'refusal');
        return;
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta':
        this.parts.text(key, delta, 'reasoning');
        return;
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        this.parts.toolCall(`${index}.0`, { json: delta });
        return;
      case 'response.output_item.added':
        if (/^(?:function_call|custom_tool_call)$/.test(readString(item, 'type') ?? ''))
          this.parts.toolCall(`${index}.0`, {
            id: readMember(item, 'call_id'),
            name: readMember(item, 'name'),
          });
        return;
      case 'response.output_item.done':
        for (const [position, whole] of messagesFromOpenAiResponses([item])
          .flatMap(({ parts }) => parts)
          .entries())
          this.parts.whole(`${index}.${position}`, whole);
    }
  }
}

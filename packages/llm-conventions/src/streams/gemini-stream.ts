import type { InferenceResponse } from '../inference/inference-types.ts';
import { finishReasonFrom } from '../messages/finish-reason.ts';
import { isPromptBlocked } from '../messages/finish-reasons-of-gemini.ts';
import type { MessagePart } from '../messages/message-types.ts';
import { outputFromGemini } from '../messages/messages-from-gemini.ts';
import { readIndex, readCased, readList, readMember, readString, toText } from '../read-member.ts';
import { serviceTierFromGemini } from '../usage/service-tiers.ts';
import { usageFromGemini } from '../usage/usage-from-gemini.ts';
import { ChoicesReader, MAX_CHOICES } from './choices-reader.ts';
import { GeminiCitations } from './gemini-citations.ts';
import { errorIn } from './streamed-error.ts';
import type { StreamFormat } from './stream-format.ts';

/** Responses of `streamGenerateContent`, each with a piece of every candidate. */
export const geminiStream: StreamFormat = { open: (options) => new Reader(options) };

class Reader extends ChoicesReader {
  #usageMetadata: unknown;
  readonly #citations = new Map<number, GeminiCitations>();

  read(chunk: unknown): unknown {
    const id = toText(readCased(chunk, 'responseId'));
    const candidates = readList(chunk, 'candidates');
    if (candidates.some((one, position) => this.#isOfNext(one, position, id))) this.another();
    if (candidates.length === 0) this.beside(id);
    this.model = toText(readCased(chunk, 'modelVersion')) ?? this.model;
    // Every chunk may have the totals so far: the last ones are converted when the stream is over.
    const usage = readCased(chunk, 'usageMetadata');
    if (usage !== undefined) {
      if (tellsTokens(usage)) this.#usageMetadata = usage;
      this.tier = serviceTierFromGemini(usage) ?? this.tier;
    }
    if (isPromptBlocked(chunk)) this.seen(0, 'content_filter', id);
    const messages = this.content ? outputFromGemini(chunk) : [];
    for (const [position, candidate] of candidates.entries()) {
      const index = readIndex(candidate, 'index', position);
      this.seen(index, finishReasonFrom(readCased(candidate, 'finishReason')), id);
      if (this.content) this.#citationsOf(index).add(candidate);
      for (const part of messages[position]?.parts ?? []) {
        const parts = this.partsOf(index);
        if (part.type === 'text' || part.type === 'reasoning')
          parts.append(readMember(part, 'content'), part.type as 'text' | 'reasoning');
        else if (isRawSound(part)) parts.appendSound(part.content, part.mime_type);
        else parts.push(part);
      }
    }
    return errorIn(readMember(chunk, 'error'));
  }

  protected override nextAnswer(): void {
    this.usage = usageFromGemini(this.#usageMetadata);
    super.nextAnswer();
    this.#usageMetadata = undefined;
  }

  /** Each chunk of an answer has one id: behind the end of an answer, too, another one is that of the next. */
  #isOfNext(candidate: unknown, position: number, id: string | undefined): boolean {
    if (id === undefined || readMember(candidate, 'content') === undefined) return false;
    if (this.isOver) return this.id !== undefined && id !== this.id;
    return this.isOfAnother(readIndex(candidate, 'index', position), id);
  }

  #citationsOf(index: number): GeminiCitations {
    let citations = this.#citations.get(index);
    if (citations === undefined) {
      citations = new GeminiCitations();
      if (this.#citations.size < MAX_CHOICES) this.#citations.set(index, citations);
    }
    return citations;
  }

  override response(): InferenceResponse {
    this.usage = usageFromGemini(this.#usageMetadata);
    for (const [index, citations] of this.#citations) this.cited(index, citations.all());
    return super.response();
  }
}

function tellsTokens(usage: unknown): boolean {
  return (
    typeof readCased(usage, 'promptTokenCount') === 'number' || usageFromGemini(usage) !== undefined
  );
}

/** A piece of sound without a head of its own, so that the next one continues it. */
function isRawSound(
  part: MessagePart,
): part is MessagePart & { readonly content: string; readonly mime_type: string } {
  return part.type === 'blob' && /^audio\/(?:l16|pcm)\b/i.test(readString(part, 'mime_type') ?? '');
}

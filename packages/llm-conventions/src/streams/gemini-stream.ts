import type { InferenceResponse } from '../inference/inference-types.ts';
import { finishReasonFrom } from '../messages/finish-reason.ts';
import { outputFromGemini } from '../messages/messages-from-gemini.ts';
import { readIndex, readList, readMember, readString } from '../read-member.ts';
import { usageFromGemini } from '../usage/usage-from-gemini.ts';
import type { Usage } from '../usage/usage.ts';
import { choicesOf } from './choices-of.ts';
import { PartList } from './part-list.ts';
import { errorIn } from './streamed-error.ts';
import type { StreamFormat, StreamReader } from './stream-format.ts';

/** Responses of `streamGenerateContent`, each with a piece of every candidate. */
export const geminiStream: StreamFormat = { open: ({ content }) => new Reader(content) };

class Reader implements StreamReader {
  readonly #content: boolean;
  readonly #parts = new Map<number, PartList>();
  readonly #reasons = new Map<number, string>();
  #id: string | undefined;
  #model: string | undefined;
  #usage: Usage | undefined;

  constructor(content: boolean) {
    this.#content = content;
  }

  read(chunk: unknown): unknown {
    this.#id ??= readString(chunk, 'responseId');
    this.#model ??= readString(chunk, 'modelVersion');
    // Every chunk has the totals so far.
    this.#usage = usageFromGemini(readMember(chunk, 'usageMetadata')) ?? this.#usage;
    const messages = this.#content ? outputFromGemini(chunk) : [];
    for (const [position, candidate] of readList(chunk, 'candidates').entries()) {
      const index = readIndex(candidate, 'index', position);
      const reason = finishReasonFrom(readMember(candidate, 'finishReason'));
      if (reason !== undefined) this.#reasons.set(index, reason);
      for (const part of messages[position]?.parts ?? []) {
        let parts = this.#parts.get(index);
        if (parts === undefined) this.#parts.set(index, (parts = new PartList()));
        if (part.type === 'text' || part.type === 'reasoning')
          parts.append(readMember(part, 'content'), part.type as 'text' | 'reasoning');
        else parts.push(part);
      }
    }
    return errorIn(readMember(chunk, 'error'));
  }

  response(): InferenceResponse {
    return {
      id: this.#id,
      model: this.#model,
      usage: this.#usage,
      ...choicesOf(this.#reasons, this.#parts),
    };
  }
}

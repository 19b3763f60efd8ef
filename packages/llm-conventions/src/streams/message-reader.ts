import type { AnswerUsage, InferenceResponse } from '../inference/inference-types.ts';
import type { Usage } from '../usage/usage.ts';
import { incompleteStream } from './incomplete-stream.ts';
import { PartList } from './part-list.ts';
import type { StreamFormatOptions, StreamReader } from './stream-format.ts';
import { StreamedAnswers } from './streamed-answers.ts';

/**
 * Puts together the one message that a stream delivers. An API says in `read` what its chunks mean, and where an answer ends and the
 * next begins: of several, as where a generator asks again, the message has the parts of all and the usage their sum, and the rest
 * is of the last.
 */
export abstract class MessageReader implements StreamReader {
  protected readonly content: boolean;
  protected readonly parts: PartList = new PartList();
  protected id: string | undefined;
  protected model: string | undefined;
  protected reason: string | undefined;
  protected usage: Usage | undefined;
  /** The tier the call was served in, where the provider tells it. */
  protected tier: string | undefined;
  /** The last event has come. */
  protected isComplete = false;
  readonly #isOneAnswer: boolean;
  readonly #answers = new StreamedAnswers();

  /** Without `content` no text is kept. */
  constructor({ content, isOneAnswer = false }: StreamFormatOptions) {
    this.content = content;
    this.#isOneAnswer = isOneAnswer;
  }

  abstract read(chunk: unknown): unknown;

  incomplete(): unknown {
    return this.isComplete || this.reason !== undefined ? undefined : incompleteStream();
  }

  /** The answer so far is over, and another one begins, unless the stream is known to be one. */
  protected another(): void {
    if (!this.#isOneAnswer) this.nextAnswer();
  }

  /** Forgets the answer so far. A reader that keeps more of one does so as well. */
  protected nextAnswer(): void {
    this.#answers.add(this.answers());
    this.id = undefined;
    this.model = undefined;
    this.reason = undefined;
    this.usage = undefined;
    this.tier = undefined;
    this.isComplete = false;
    this.parts.nextAnswer();
  }

  response(): InferenceResponse {
    const parts = this.parts.parts();
    return {
      id: this.id,
      model: this.model,
      ...this.#answers.with(this.usage, this.answers()),
      ...(this.tier !== undefined && { serviceTier: this.tier }),
      ...(this.reason !== undefined && { finishReasons: [this.reason] }),
      ...(parts.length > 0 && { outputMessages: [{ role: 'assistant', parts }] }),
    };
  }

  /** What the last answer used; a reader may know of what answers it is made. */
  protected answers(): readonly AnswerUsage[] {
    return [{ id: this.id, model: this.model, serviceTier: this.tier, usage: this.usage }];
  }
}

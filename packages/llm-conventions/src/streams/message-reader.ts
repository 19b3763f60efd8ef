import type { InferenceResponse } from '../inference/inference-types.ts';
import { sumOfUsages, type Usage } from '../usage/usage.ts';
import { incompleteStream } from './incomplete-stream.ts';
import { PartList } from './part-list.ts';
import type { StreamReader } from './stream-format.ts';

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
  /** Of answers before this one. */
  #before: Usage | undefined;

  /** Without `content` no text is kept. */
  constructor(content: boolean) {
    this.content = content;
  }

  abstract read(chunk: unknown): unknown;

  incomplete(): unknown {
    return this.isComplete || this.reason !== undefined ? undefined : incompleteStream();
  }

  /** The answer so far is over, and another one begins. A reader that keeps more of an answer forgets it here as well. */
  protected nextAnswer(): void {
    this.#before = sumOfUsages(this.#before, this.usage);
    this.id = undefined;
    this.model = undefined;
    this.reason = undefined;
    this.usage = undefined;
    this.isComplete = false;
    this.parts.nextAnswer();
  }

  response(): InferenceResponse {
    const parts = this.parts.parts();
    return {
      id: this.id,
      model: this.model,
      usage: sumOfUsages(this.#before, this.usage),
      ...(this.tier !== undefined && { serviceTier: this.tier }),
      ...(this.reason !== undefined && { finishReasons: [this.reason] }),
      ...(parts.length > 0 && { outputMessages: [{ role: 'assistant', parts }] }),
    };
  }
}

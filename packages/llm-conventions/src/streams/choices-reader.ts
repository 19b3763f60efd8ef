import type { AnswerUsage, InferenceResponse } from '../inference/inference-types.ts';
import type { Usage } from '../usage/usage.ts';
import { answersOf } from '../messages/answers.ts';
import { withCitations } from '../messages/citations.ts';
import { incompleteStream } from './incomplete-stream.ts';
import { PartList } from './part-list.ts';
import type { StreamFormatOptions, StreamReader } from './stream-format.ts';
import { StreamedAnswers } from './streamed-answers.ts';

// More than any API answers with: a stream that counts on for ever must not fill the memory.
export const MAX_CHOICES = 1000;

/** A choice of which there was a piece. */
interface BegunChoice {
  id: string | undefined;
  /** Two chunks had that id: some servers give each chunk one of its own, which tells nothing of answers. */
  isSure: boolean;
}

/**
 * Puts together the choices that a stream delivers side by side, in the order of their indexes. Of several answers, one behind the other,
 * as where a generator asks again, they have the parts of all and the usage their sum; the rest is of the last.
 */
export abstract class ChoicesReader implements StreamReader {
  protected readonly content: boolean;
  protected id: string | undefined;
  protected model: string | undefined;
  protected usage: Usage | undefined;
  /** The tier the call was served in, where the provider tells it. */
  protected tier: string | undefined;
  /** The server has said that the answer is complete, be it without reasons. */
  protected hasToldEnd = false;
  readonly #parts = new Map<number, PartList>();
  readonly #citations = new Map<number, readonly unknown[]>();
  #reasons = new Map<number, string>();
  /** The choices that have begun, also where no text of them is kept. */
  readonly #begun = new Map<number, BegunChoice>();
  readonly #isOneAnswer: boolean;
  readonly #answers = new StreamedAnswers();
  #reasonsBefore: ReadonlyMap<number, string> | undefined;
  /** How many choices have begun and told no end. */
  #open = 0;

  /** Without `content` no text is kept. */
  constructor({ content, isOneAnswer = false }: StreamFormatOptions) {
    this.content = content;
    this.#isOneAnswer = isOneAnswer;
  }

  abstract read(chunk: unknown): unknown;

  /** The one end that all these APIs tell is the reason of each choice; a server that has none may tell its end otherwise. */
  incomplete(): unknown {
    return this.hasToldEnd || this.isOver ? undefined : incompleteStream();
  }

  /** Whether all choices that have begun have told their end. */
  protected get isOver(): boolean {
    return this.#open === 0 && this.#reasons.size > 0;
  }

  /** Whether there was a piece of a choice: one that begins now may stand behind others that are over. */
  protected hasBegun(index: number): boolean {
    return this.#begun.has(index);
  }

  /** Whether `id`, of a chunk with a piece of a choice, is that of another answer than the pieces before had, be that over or cut. */
  protected isOfAnother(index: number, id: string | undefined): boolean {
    const begun = this.#begun.get(index);
    return begun?.isSure === true && id !== undefined && id !== begun.id;
  }

  /** A chunk without choices has come: its id may be that of the answer, or that of a gateway. */
  protected beside(id: string | undefined): void {
    if (id === undefined) return;
    this.id ??= id;
    for (const begun of this.#begun.values()) begun.isSure ||= begun.id === id;
  }

  /** The answer so far is over, and another one begins, unless the stream is known to be one. */
  protected another(): void {
    if (!this.#isOneAnswer) this.nextAnswer();
  }

  /** Forgets the answer so far. A reader that keeps more of one does so as well. */
  protected nextAnswer(): void {
    this.#answers.add([this.#used]);
    this.usage = undefined;
    this.tier = undefined;
    this.#reasonsBefore = this.#reasons;
    this.#reasons = new Map();
    this.#begun.clear();
    this.#open = 0;
    this.hasToldEnd = false;
    this.id = undefined;
    this.model = undefined;
    for (const parts of this.#parts.values()) parts.nextAnswer();
  }

  response(): InferenceResponse {
    const indexes = [...new Set([...this.#reasons.keys(), ...this.#parts.keys()])];
    indexes.sort((a, b) => a - b);
    const messages = answersOf(
      indexes.map((index) => ({
        role: 'assistant',
        parts: withCitations(
          this.#parts.get(index)?.parts() ?? [],
          this.#citations.get(index) ?? [],
        ),
      })),
    );
    return {
      id: this.id,
      model: this.model,
      ...this.#answers.with(this.usage, [this.#used]),
      ...(this.tier !== undefined && { serviceTier: this.tier }),
      // Where no choice has one the stream broke off; where some have, the others count as errors.
      ...(this.#reasons.size > 0 && {
        finishReasons: indexes.map(
          (index) => this.#reasons.get(index) ?? this.#reasonsBefore?.get(index) ?? 'error',
        ),
      }),
      ...(messages.length > 0 && { outputMessages: messages }),
    };
  }

  /** A piece of a choice, in a chunk with `id`, and why that is over, where it is. */
  protected seen(index: number, reason: string | undefined, id: string | undefined): void {
    // Of several answers that of the last one counts.
    this.id = id ?? this.id;
    const begun = this.#begun.get(index);
    if (begun !== undefined) {
      begun.isSure = id !== undefined && id === begun.id;
      begun.id = id ?? begun.id;
      if (reason !== undefined && !this.#reasons.has(index)) this.#open--;
    } else if (this.#begun.size < MAX_CHOICES) {
      this.#begun.set(index, { id, isSure: false });
      if (reason === undefined) this.#open++;
    }
    if (reason !== undefined && this.#reasons.size < MAX_CHOICES) this.#reasons.set(index, reason);
  }

  /** What an answer cites as a whole: each chunk that tells it has all so far. */
  protected cited(index: number, citations: readonly unknown[]): void {
    if (citations.length > 0 && this.#citations.size < MAX_CHOICES)
      this.#citations.set(index, citations);
  }

  protected partsOf(index: number): PartList {
    let parts = this.#parts.get(index);
    if (parts === undefined) {
      parts = new PartList();
      if (this.#parts.size < MAX_CHOICES) this.#parts.set(index, parts);
    }
    return parts;
  }

  get #used(): AnswerUsage {
    return { id: this.id, model: this.model, serviceTier: this.tier, usage: this.usage };
  }
}

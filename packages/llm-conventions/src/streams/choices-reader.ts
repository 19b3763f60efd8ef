import type { InferenceResponse } from '../inference/inference-types.ts';
import { sumOfUsages, type Usage } from '../usage/usage.ts';
import { answersOf } from '../messages/answers.ts';
import { withCitations } from '../messages/citations.ts';
import { incompleteStream } from './incomplete-stream.ts';
import { PartList } from './part-list.ts';
import type { StreamReader } from './stream-format.ts';

// More than any API answers with: a stream that counts on for ever must not fill the memory.
export const MAX_CHOICES = 1000;

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
  readonly #begun = new Set<number>();
  /** Of answers before this one. */
  #before: Usage | undefined;
  #reasonsBefore: ReadonlyMap<number, string> | undefined;
  /** How many choices have begun and told no end. */
  #open = 0;
  /** The last two chunks had one id: some servers give each chunk an id of its own, which tells nothing of answers. */
  #hasOneId = false;
  /** The id of an answer that has told its end, where it had one. */
  #overAs: string | undefined;

  /** Without `content` no text is kept. */
  constructor(content: boolean) {
    this.content = content;
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

  /** Whether there was a piece of a choice in front of its end: one that begins now may stand behind others that are over. */
  protected hasBegun(index: number): boolean {
    return this.#begun.has(index);
  }

  /** Whether `id`, of a chunk that has more of a choice, is that of another answer, as this one is over. */
  protected isOtherId(id: string | undefined): boolean {
    if (id === undefined || this.#overAs === undefined || id === this.#overAs) return false;
    return this.isOver || this.#reasons.size === 0;
  }

  /** Takes the id of a chunk: of several answers that of the last one counts. */
  protected identify(id: string | undefined): void {
    if (id === undefined) return;
    this.#hasOneId = id === this.id;
    this.id = id;
  }

  /** The answer has told its end, or one of its choices. */
  protected over(): void {
    this.#overAs = this.#hasOneId ? this.id : undefined;
  }

  /** The answer so far is over, and another one begins. A reader that keeps more of an answer forgets it here as well. */
  protected nextAnswer(): void {
    this.#before = sumOfUsages(this.#before, this.usage);
    this.usage = undefined;
    this.#reasonsBefore = this.#reasons;
    this.#reasons = new Map();
    this.#begun.clear();
    this.#open = 0;
    this.hasToldEnd = false;
    this.#overAs = undefined;
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
      usage: sumOfUsages(this.#before, this.usage),
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

  /** A piece of a choice, and why that is over, where it is. */
  protected seen(index: number, reason: string | undefined): void {
    if (reason === undefined) {
      if (this.#begun.has(index) || this.#begun.size === MAX_CHOICES) return;
      this.#begun.add(index);
      if (!this.#reasons.has(index)) this.#open++;
    } else if (this.#reasons.size < MAX_CHOICES) {
      if (this.#begun.has(index) && !this.#reasons.has(index)) this.#open--;
      this.#reasons.set(index, reason);
      this.over();
    }
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
}

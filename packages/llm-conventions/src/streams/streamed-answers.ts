import type { AnswerUsage, InferenceResponse } from '../inference/inference-types.ts';
import { sumOfUsages } from '../usage/usage.ts';

// A stream that asks again for ever must not fill the memory: what more of them use counts with the last of these.
const MAX_ANSWERS = 1000;

/** The answers of one stream that are over. */
export class StreamedAnswers {
  readonly #over: AnswerUsage[] = [];

  add(answer: AnswerUsage): void {
    const last = this.#over.length < MAX_ANSWERS ? undefined : this.#over.pop();
    this.#over.push(last === undefined ? answer : { ...last, usage: sum(last, answer) });
  }

  /** What the stream tells of its usage, `last` being its last answer. */
  with(last: AnswerUsage): Pick<InferenceResponse, 'usage' | 'answers'> {
    if (this.#over.length === 0) return { usage: last.usage };
    const answers = [...this.#over, last];
    return {
      usage: answers.reduce<AnswerUsage['usage']>(
        (used, each) => sum({ usage: used }, each),
        undefined,
      ),
      answers,
    };
  }
}

function sum(one: AnswerUsage, other: AnswerUsage): AnswerUsage['usage'] {
  return sumOfUsages(one.usage, other.usage);
}

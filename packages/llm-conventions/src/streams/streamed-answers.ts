import type { AnswerUsage, InferenceResponse } from '../inference/inference-types.ts';
import { sumOfUsages, type Usage } from '../usage/usage.ts';

// A stream that asks again for ever must not fill the memory: what more of them use counts with the last of these.
const MAX_ANSWERS = 1000;

/** The answers of one stream that are over. */
export class StreamedAnswers {
  readonly #over: AnswerUsage[] = [];

  add(answers: readonly AnswerUsage[]): void {
    for (const answer of answers) {
      const last = this.#over.length < MAX_ANSWERS ? undefined : this.#over.pop();
      this.#over.push(
        last === undefined ? answer : { ...last, usage: sumOfUsages(last.usage, answer.usage) },
      );
    }
  }

  /** What the stream tells of its usage: `used` by what comes last, which is of one or several `answers`. */
  with(
    used: Usage | undefined,
    answers: readonly AnswerUsage[],
  ): Pick<InferenceResponse, 'usage' | 'answers'> {
    const all = [...this.#over, ...answers];
    const before = this.#over.reduce<Usage | undefined>(
      (sum, { usage }) => sumOfUsages(sum, usage),
      undefined,
    );
    return { usage: sumOfUsages(before, used), ...(all.length > 1 && { answers: all }) };
  }
}

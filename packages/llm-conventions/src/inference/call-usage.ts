import type { FailureLog } from '@llm-otel/core';
import { ATTR_LLM_OTEL_USAGE_ESTIMATED } from '../generated/attributes.ts';
import type { ChatMessage, InputContent } from '../messages/message-types.ts';
import { setIfKnown } from '../set-if-known.ts';
import { type CountedContent, estimateUsage, type Tokenizer } from '../usage/estimate-usage.ts';
import {
  haveSameTotals,
  mergeUsage,
  restOfUsage,
  sumOfUsages,
  type Usage,
} from '../usage/usage.ts';
import type { AnswerUsage } from './inference-types.ts';

/** The usage of one call: what the provider reports and, only where asked for, what is counted in its place. */
export class CallUsage {
  readonly #tokenizer: Tokenizer | undefined;
  readonly #failures: FailureLog;
  #reported: Usage | undefined;
  #content: CountedContent = { input: {} };
  /** What answers before the last one used. */
  #before: Usage | undefined;

  constructor(tokenizer: Tokenizer | undefined, failures: FailureLog) {
    this.#tokenizer = tokenizer;
    this.#failures = failures;
  }

  /** Whether messages are needed to count, although none are recorded. */
  get counts(): boolean {
    return this.#tokenizer !== undefined;
  }

  report(usage: Usage): void {
    this.#reported = mergeUsage(this.#reported, usage);
  }

  reportBefore(answers: readonly AnswerUsage[]): void {
    this.#before = undefined;
    for (const { usage } of answers) this.#before = sumOfUsages(this.#before, usage);
  }

  /** What all answers used, of which some may be known: the rest is of the last. That may be given by itself as well. */
  reportAll(usage: Usage): void {
    const isOfLast = this.#before === undefined || haveSameTotals(usage, this.#reported);
    this.report(isOfLast ? usage : restOfUsage(usage, this.#before));
  }

  get reported(): Usage | undefined {
    return this.#reported;
  }

  sent(input: InputContent): void {
    if (this.counts)
      this.#content = { ...this.#content, input: { ...this.#content.input, ...input } };
  }

  answered(outputMessages: readonly ChatMessage[]): void {
    if (this.counts) this.#content = { ...this.#content, outputMessages };
  }

  /** The whole of it; counts of our own are named on `target`. */
  complete(target: Parameters<typeof setIfKnown>[0]): Usage | undefined {
    const tokenizer = this.#tokenizer;
    // Of what is counted nobody knows which answer it is of, where one before the last has told what it used.
    if (tokenizer === undefined || this.#before !== undefined) return this.#reported;
    const estimate = this.#failures.guard('estimating tokens', () =>
      estimateUsage(this.#reported, this.#content, tokenizer),
    );
    if (estimate === undefined || estimate.estimated.length === 0) return this.#reported;
    setIfKnown(target, ATTR_LLM_OTEL_USAGE_ESTIMATED, [...estimate.estimated]);
    return estimate.usage;
  }
}

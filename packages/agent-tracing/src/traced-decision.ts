import type { Context } from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_LLM_OTEL_DECISION_CHOSEN,
  ATTR_LLM_OTEL_DECISION_CONFIDENCE,
  ATTR_LLM_OTEL_DECISION_DECIDED_BY,
  ATTR_LLM_OTEL_DECISION_NAME,
  ATTR_LLM_OTEL_DECISION_OPTIONS,
  ATTR_LLM_OTEL_DECISION_REASON,
  ATTR_LLM_OTEL_DECISION_SCORES,
  LLM_OTEL_LINK_KIND_VALUE_EVIDENCE,
  Operation,
  type OperationEnvironment,
  spanReference,
  type SpanReference,
} from '@llm-otel/llm-conventions';
import { readList, readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';
import type { Choice, DecisionOption, DecisionOptions, OpenDecision } from './decision-types.ts';
import { linkTo } from './relation-links.ts';
import type { RunScope } from './run-scope.ts';

const failures = new FailureLog();

/** A decision: a span with the options and the choice, linked to what it rests on, so that outcomes can be linked to it. */
export class TracedDecision extends Operation implements OpenDecision {
  #names: readonly string[] = [];
  #choice: (Choice & { readonly option: string }) | undefined;

  constructor(
    options: DecisionOptions,
    { agentName, conversationId }: Pick<RunScope, 'agentName' | 'conversationId'>,
    parent: Context,
    { signals, clock, recordContent }: OperationEnvironment,
  ) {
    const links = evidenceOf(options).flatMap((value) =>
      linkTo({ option: 'evidence', value, kind: LLM_OTEL_LINK_KIND_VALUE_EVIDENCE }),
    );
    super(
      { name: `decide ${options.name}`, request: { parent, links }, recordContent },
      signals,
      clock,
    );
    this.set(ATTR_LLM_OTEL_DECISION_NAME, options.name);
    this.set(ATTR_GEN_AI_AGENT_NAME, agentName);
    this.set(ATTR_GEN_AI_CONVERSATION_ID, conversationId);
    this.set(ATTR_LLM_OTEL_DECISION_DECIDED_BY, options.decidedBy);
    failures.guard('recording the options of a decision', () => this.#setOptions(options));
  }

  get reference(): SpanReference | undefined {
    return failures.guard('referring to a decision', () => spanReference(this.span.spanContext()));
  }

  /** The last valid choice counts, with all that belongs to it and nothing of those before. */
  choose(option: string, choice: Choice = {}): void {
    failures.guard('recording the choice of a decision', () => {
      if (this.#names.length === 0 || this.#names.includes(option))
        this.#choice = { ...choice, option };
      else
        leftOut('choice', `chosen is none of the ${this.#names.length} options: use one of them`);
    });
  }

  protected override finish(errorType: string | undefined): void {
    if (!this.ended) failures.guard('recording the choice of a decision', () => this.#setChoice());
    super.finish(errorType);
  }

  #setChoice(): void {
    if (this.#choice === undefined) return;
    const { option, confidence, reason, decidedBy } = this.#choice;
    this.set(ATTR_LLM_OTEL_DECISION_CHOSEN, option);
    if (confidence === undefined || isShare(confidence))
      this.set(ATTR_LLM_OTEL_DECISION_CONFIDENCE, confidence);
    else leftOut('confidence', `confidence is ${String(confidence)}: use a number from 0 to 1`);
    this.set(ATTR_LLM_OTEL_DECISION_DECIDED_BY, decidedBy);
    this.setText(ATTR_LLM_OTEL_DECISION_REASON, reason);
  }

  /** Those that have a score come first, so that the scores, which have no gaps, are in the order of the options. */
  #setOptions({ options }: DecisionOptions): void {
    const named = optionsOf(options);
    const scored = named.filter(({ score }) => score !== undefined);
    if (named.length === 0) return;
    this.#names = [...scored, ...named.filter((option) => !scored.includes(option))].map(
      ({ name }) => name,
    );
    this.set(ATTR_LLM_OTEL_DECISION_OPTIONS, this.#names);
    if (scored.length > 0)
      this.set(
        ATTR_LLM_OTEL_DECISION_SCORES,
        scored.map(({ score }) => score),
      );
  }
}

function evidenceOf({ evidence }: DecisionOptions): readonly unknown[] {
  if (evidence === undefined || evidence === null) return [];
  if (!Array.isArray(evidence)) leftOut('evidence', 'evidence is no list: use a list of spans');
  return readList({ evidence }, 'evidence');
}

/** The options that have a name, and the scores that are numbers. */
function optionsOf(options: DecisionOptions['options']): DecisionOption[] {
  return readList({ options }, 'options').flatMap((option) => {
    if (typeof option === 'string') return [{ name: option }];
    const name = readString(option, 'name');
    if (name === undefined) {
      leftOut('options', 'an option has no name: use a string, or `{ name, score }`');
      return [];
    }
    const score = readNumber(option, 'score');
    const value = readMember(option, 'score');
    if (score === undefined && value !== undefined && value !== null)
      leftOut('scores', `the score of ${name} is no number: use one, or none`);
    return [{ name, score }];
  });
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

/** A mistake of the application, told once of each kind. */
function leftOut(what: string, problem: string): void {
  failures.report(`recording the ${what} of a decision`, new RangeError(problem));
}

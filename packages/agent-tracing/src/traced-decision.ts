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
import type { Choice, DecisionOptions, OpenDecision } from './decision-types.ts';
import { linkTo } from './relation-links.ts';
import type { RunScope } from './run-scope.ts';

const failures = new FailureLog();

/** A decision: a span with the options and the choice, linked to what it rests on, so that outcomes can be linked to it. */
export class TracedDecision extends Operation implements OpenDecision {
  #names: readonly string[] = [];

  constructor(
    options: DecisionOptions,
    { agentName, conversationId }: Pick<RunScope, 'agentName' | 'conversationId'>,
    parent: Context,
    { signals, clock, recordContent }: OperationEnvironment,
  ) {
    const evidence = options.evidence ?? [];
    const links = evidence.flatMap((source) => linkTo(source, LLM_OTEL_LINK_KIND_VALUE_EVIDENCE));
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

  choose(option: string, { confidence, reason, decidedBy }: Choice = {}): void {
    if (this.#names.length === 0 || this.#names.includes(option))
      this.set(ATTR_LLM_OTEL_DECISION_CHOSEN, option);
    else leftOut('choice', `chosen is none of the ${this.#names.length} options: use one of them`);
    if (confidence === undefined || isShare(confidence))
      this.set(ATTR_LLM_OTEL_DECISION_CONFIDENCE, confidence);
    else leftOut('confidence', `confidence is ${String(confidence)}: use a number from 0 to 1`);
    this.set(ATTR_LLM_OTEL_DECISION_DECIDED_BY, decidedBy);
    this.setText(ATTR_LLM_OTEL_DECISION_REASON, reason);
  }

  /** Scores only where every option has one: a list with gaps would not fit the options. */
  #setOptions({ options = [] }: DecisionOptions): void {
    if (options.length === 0) return;
    const named = options.map((option) => (typeof option === 'string' ? { name: option } : option));
    const scores = named.map((option) => ('score' in option ? option.score : undefined));
    this.#names = named.map(({ name }) => name);
    this.set(ATTR_LLM_OTEL_DECISION_OPTIONS, this.#names);
    if (scores.every((score) => Number.isFinite(score)))
      this.set(ATTR_LLM_OTEL_DECISION_SCORES, scores);
    else if (scores.some((score) => score !== undefined))
      leftOut('scores', 'give each option a number, or none');
  }
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

/** A mistake of the application, told once of each kind. */
function leftOut(what: string, problem: string): void {
  failures.report(`recording the ${what} of a decision`, new RangeError(problem));
}

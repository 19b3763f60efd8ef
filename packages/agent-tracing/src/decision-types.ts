import type { Span } from '@opentelemetry/api';
import type { AttributeTypes, SpanReference } from '@llm-otel/llm-conventions';
import type { SpanSource } from './relation-types.ts';

export interface DecisionOption {
  readonly name: string;
  readonly score?: number | undefined;
}

/** What is known before the decision. */
export interface DecisionOptions {
  /** What is decided, few distinct values: `route`. */
  readonly name: string;
  /** What may be chosen, with scores where there are any. Those that have one are recorded first, in their order. */
  readonly options?: readonly (string | DecisionOption)[] | undefined;
  readonly decidedBy?: AttributeTypes['llm_otel.decision.decided_by'] | undefined;
  /** Spans that the decision rests on: a retrieval, a model call, another agent's run. */
  readonly evidence?: readonly SpanSource[] | undefined;
}

export interface Choice {
  /** From 0 to 1; anything else is logged and left out. */
  readonly confidence?: number | undefined;
  /** Recorded only where content is on. */
  readonly reason?: string | undefined;
  readonly decidedBy?: AttributeTypes['llm_otel.decision.decided_by'] | undefined;
}

/** A decision that has been taken. */
export interface Decision extends DecisionOptions, Choice {
  /** One of `options`, where there are any; anything else is logged and left out. */
  readonly chosen: string;
}

/** Names a decision for what comes of it: the `outcomeOf` of a step, tool or run. */
export interface DecisionRecord {
  readonly span: Span;
  /** To store, and to judge the decision by later: `genAi.evaluate({ span: reference, … })`. */
  readonly reference: SpanReference | undefined;
}

/** A decision that is being taken. */
export interface OpenDecision extends DecisionRecord {
  /** The last valid choice counts, recorded when the decision ends; one of those before leaves nothing behind, and one that is none of the options neither. */
  choose(option: string, choice?: Choice): void;
}

/**
 * What a trace has to be like. All given members must hold. Conditions on a span (`name`, `kind`, `service`,
 * `attributes`, `model`, `agent`) hold together when one span of the trace fulfils all that are given; `evaluation`
 * and `feedback` each hold when one result in the trace fulfils all of it; the others are about the trace as a whole.
 */
export interface SamplingCondition {
  /** True: a span of the trace has the status error. False: none has. */
  readonly error?: boolean | undefined;
  /** Name of a span; `*` stands for any text, also none: `GET /health*`. The whole name, case matters. */
  readonly name?: string | undefined;
  readonly kind?: SpanKindName | undefined;
  /** `service.name` of the resource; `*` stands for any text. */
  readonly service?: string | undefined;
  /**
   * Attributes of a span, by name. A plain value: the attribute is equal to it and of the same type. All of them must
   * hold on the same span. A resource's attributes do not count.
   */
  readonly attributes?: Readonly<Record<string, AttributeMatch>> | undefined;
  /** `gen_ai.request.model` or `gen_ai.response.model`; `*` stands for any text: `gpt-*`. */
  readonly model?: string | undefined;
  /** `gen_ai.agent.name`; `*` stands for any text. */
  readonly agent?: string | undefined;
  /**
   * Shortest time from the start of the first span to the end of the last one, in whole milliseconds, inclusive. A
   * trace that is decided before its local root has ended, because it has run too long or grown too large, counts the
   * time up to that moment where that is longer.
   */
  readonly minDurationMillis?: number | undefined;
  /**
   * Fewest input and output tokens of all model calls together, inclusive: the sum of `gen_ai.usage.input_tokens` and
   * `gen_ai.usage.output_tokens` over all spans with a `gen_ai.operation.name` other than `invoke_agent`,
   * `invoke_workflow` and `create_agent`, whose usage is a sum itself. `traceTotals` writes it on the local root as
   * `llm_otel.trace.tokens`, for those who see single spans only.
   */
  readonly minTokens?: number | undefined;
  /**
   * Lowest cost of all model calls together, in millionths of a US dollar, inclusive: the sum of
   * `llm_otel.cost.micro_usd` over the same spans. `traceTotals` writes it as `llm_otel.trace.cost.micro_usd`.
   */
  readonly minCostMicroUsd?: number | undefined;
  /** Fewest spans that have ended in this process, inclusive. */
  readonly minSpans?: number | undefined;
  /**
   * A result of an evaluation: an event `gen_ai.evaluation.result` on a span, or a span that has
   * `gen_ai.evaluation.name` itself. Log records are not seen.
   */
  readonly evaluation?: EvaluationMatch | undefined;
  /**
   * What a user said about the answer: an evaluation named `user_feedback`. It has to be there when the trace is
   * decided.
   */
  readonly feedback?: ScoreMatch | undefined;
}

export type SpanKindName = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** Equal to a plain value, or everything that the object lists. An attribute that is missing fulfils `exists: false` only. */
export type AttributeMatch =
  | string
  | number
  | boolean
  | {
      /** Equal to one of these, with the same type. 1 to 100 of them. */
      readonly oneOf?: readonly (string | number | boolean)[] | undefined;
      /** A text in which `*` stands for any text; matches texts only, as a whole. */
      readonly like?: string | undefined;
      /** A number that is not below this. */
      readonly min?: number | undefined;
      /** A number that is not above this. */
      readonly max?: number | undefined;
      /** Whether the span has the attribute. */
      readonly exists?: boolean | undefined;
    };

/** Members of `gen_ai.evaluation.*`; all that are given must hold for one result. Empty: any result. */
export interface ScoreMatch {
  /** `gen_ai.evaluation.score.label`; `*` stands for any text. */
  readonly label?: string | undefined;
  /** `gen_ai.evaluation.score.value` is a number that is not below this. */
  readonly minScore?: number | undefined;
  /** `gen_ai.evaluation.score.value` is a number that is not above this. */
  readonly maxScore?: number | undefined;
}

export interface EvaluationMatch extends ScoreMatch {
  /** `gen_ai.evaluation.name`; `*` stands for any text. */
  readonly name?: string | undefined;
}

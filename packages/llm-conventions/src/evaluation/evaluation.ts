import type { SpanLike } from './span-reference.ts';

/** What an evaluation of an output found: by a person, a rule, or a model. */
export interface Evaluation {
  /** What was judged, few distinct values: `relevance`, `hallucination`, `user_feedback`. */
  readonly name: string;
  readonly score?: number | undefined;
  /** The score as a word, few distinct values: `pass`, `fail`. */
  readonly label?: string | undefined;
  /** Why. Text of the evaluator, which may quote what was judged: left out where `content` is `none`. */
  readonly explanation?: string | undefined;
  /**
   * The span that is judged, or a reference to it.
   * @defaultValue the active span, where there is no `responseId` either
   */
  readonly span?: SpanLike | undefined;
  /** `gen_ai.response.id` of the output. @defaultValue that of the reference */
  readonly responseId?: string | undefined;
  /** The evaluation itself failed: there is no score. */
  readonly error?: unknown;
  /** When it was judged, in milliseconds since 1970. @defaultValue now */
  readonly atMillis?: number | undefined;
}

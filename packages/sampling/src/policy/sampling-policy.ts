import type { SamplingCondition } from './sampling-condition.ts';

/**
 * Which traces are kept. Plain JSON; `parseSamplingPolicy` checks it. What each member means is written so that another
 * program (a compiler to a Collector's configuration) can decide the same.
 *
 * A trace is decided by the first rule that matches it, in the order of the list; one that no rule matches is kept
 * (`no_rule_matched`). A share is taken by consistent probability sampling: with R = the 56 bits of `rv` in the `ot`
 * member of the tracestate, or else the last 56 bits of the trace id, a trace is kept when R >= T, where T is
 * (1 - share) x 2^56, rounded to four significant hexadecimal digits.
 */
export interface SamplingPolicy {
  /** Of this format. */
  readonly version: 1;
  /**
   * Which edition of the policy this is, such as a date or a commit: any text up to 100 characters. Changes no
   * decision; it is reported beside the rates.
   */
  readonly revision?: string | undefined;
  /**
   * Lowest share that a rule with a share comes down to, from 0 to 1: `ratio` and `adaptive` are raised to it, and
   * a `rate` keeps this share of traces (by R) whether or not its bucket is empty. `"all"` and `"none"` are no
   * shares and stay what they are.
   * @defaultValue 0
   */
  readonly floor?: number | undefined;
  /**
   * Highest share of a rule with a share, from 0 to 1, not below the floor: `ratio` and `adaptive` are lowered to it,
   * and a `rate` keeps nothing beyond this share of traces (by R). `"all"` and `"none"` stay what they are.
   * @defaultValue 1
   */
  readonly ceiling?: number | undefined;
  /**
   * 1 to 30 rules. The first that matches decides, so the order matters: a rule that keeps errors belongs in front of
   * one that drops health checks if errors of health checks are to be kept.
   */
  readonly rules: readonly SamplingRule[];
}

export interface SamplingRule {
  /** Says in the ledger why traces were left out, and on the root of a kept trace why it was kept. Unique. */
  readonly name: string;
  /** Without conditions the rule matches every trace. With several, all of them must hold. */
  readonly when?: SamplingCondition | undefined;
  readonly keep: Keep;
}

/**
 * What happens to the matching traces:
 * - `"all"`: kept, each stands for itself;
 * - `"none"`: dropped;
 * - `ratio`: a share of them, the same traces in every process with the same ratio;
 * - `rate`: so many a second, of each key; what a kept trace stands for is then not known, and it has no `th`;
 * - `adaptive`: a share that changes with the load, taken like a ratio.
 *
 * A trace that the calling service has sampled (the local root's parent is remote and has the sampled flag) is kept by
 * `ratio`, `rate` and `adaptive` in any case, so that no trace loses a part.
 */
export type Keep =
  | 'all'
  | 'none'
  | { readonly ratio: number }
  | { readonly rate: RateLimit }
  | { readonly adaptive: AdaptiveShare };

/** A token bucket for each key: full at first, a kept trace takes one token, and a trace finds none: it is dropped. */
export interface RateLimit {
  /** Tokens that come in each second, of each key: more than 0. Whole traces, not spans. */
  readonly tracesPerSecond: number;
  /**
   * Tokens that a bucket holds, at least 1.
   * @defaultValue `tracesPerSecond`, but at least 1
   */
  readonly burst?: number | undefined;
  /**
   * What has a bucket of its own. The value is that of the local root, once it has ended and if it has one; else that
   * of the first ended span that has one; traces without any share one bucket. At most 1000 buckets are remembered
   * for a rule. With more, one that is full again makes room; until then newcomers share one bucket.
   * @defaultValue one bucket for all traces of the rule
   */
  readonly per?: SamplingKey | undefined;
}

/**
 * `"name"`: the span's name; `"service"`: `service.name` of the resource; `"model"`: `gen_ai.request.model`;
 * `"agent"`: `gen_ai.agent.name`; or an attribute of the span (text, number, true or false).
 */
export type SamplingKey = 'name' | 'service' | 'model' | 'agent' | { readonly attribute: string };

/**
 * A share that follows the load. At least one of `spansPerSecond` and `aboveLoad` is given; with both, the lower
 * share counts. It changes once a second at most, in steps of about one percent, and never below the policy's floor or
 * above its ceiling. A trace is decided once, by its id, so a change tears no trace.
 */
export interface AdaptiveShare {
  /** The share without load, from 0 to 1. @defaultValue 1 */
  readonly base?: number | undefined;
  /** Kept spans of this rule a second, on average over some seconds: share = this / spans that match, at most `base`. */
  readonly spansPerSecond?: number | undefined;
  /**
   * From 0 to 1. Where the load, the event loop's utilisation over the last second, is above this: share =
   * `base` x (1 - load). Otherwise `base`.
   */
  readonly aboveLoad?: number | undefined;
}

/** What made the sampler decide about a trace. */
export type DecisionCause =
  /** A rule that keeps or drops all was certain to be the one. */
  | 'certain'
  /** Its local root had ended some time before. */
  | 'root_ended'
  | 'deadline'
  | 'idle'
  /** It had too many spans, or too many bytes. */
  | 'trace_limit'
  /** All traces together took too many bytes, or were too many. */
  | 'memory'
  /** It began while there was hardly room. */
  | 'stress'
  /** A flush or the shutdown. */
  | 'drained';

/** What a tail sampler holds and has done. */
export interface TailStats {
  readonly bytes: number;
  readonly traces: number;
  readonly spans: number;
  /** Traces that it holds no span of and still knows sums of, in case that they go on. */
  readonly summaries: number;
  readonly stressed: boolean;
  /** How often traces were decided about. One that is decided anew counts again, but not under stress. */
  readonly decisions: Readonly<Record<DecisionCause, number>>;
}

export function noDecisions(): Record<DecisionCause, number> {
  return {
    certain: 0,
    root_ended: 0,
    deadline: 0,
    idle: 0,
    trace_limit: 0,
    memory: 0,
    stress: 0,
    drained: 0,
  };
}

export function sumOfStats(a: TailStats, b: TailStats): TailStats {
  const decisions = noDecisions();
  for (const cause of Object.keys(decisions) as DecisionCause[]) {
    decisions[cause] = a.decisions[cause] + b.decisions[cause];
  }
  return {
    bytes: a.bytes + b.bytes,
    traces: a.traces + b.traces,
    spans: a.spans + b.spans,
    summaries: a.summaries + b.summaries,
    stressed: a.stressed || b.stressed,
    decisions,
  };
}

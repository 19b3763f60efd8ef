/** Some traces, added up. */
export interface Tally {
  readonly traces: number;
  readonly spans: number;
  /** About what the spans take as OTLP protobuf, uncompressed. */
  readonly bytes: number;
  /** Traces with an error. */
  readonly errors: number;
  /** Of all model calls. */
  readonly tokens: number;
  readonly costMicroUsd: number;
}

/** What one rule would have done. */
export interface RuleSimulation {
  readonly name: string;
  readonly kept: Tally;
  readonly dropped: Tally;
}

/** A trace that someone might have wanted to see. */
export interface SimulatedTrace {
  readonly traceId: string;
  /** Of the local root, or of the first span. */
  readonly name: string;
  readonly durationMillis: number;
  readonly costMicroUsd: number;
}

/** What a policy would have made of recorded spans. */
export interface Simulation {
  /** From the first start to the last end, in milliseconds. */
  readonly durationMillis: number;
  readonly kept: Tally;
  readonly dropped: Tally;
  /** In the order of the policy, only those that decided about a trace. */
  readonly rules: readonly RuleSimulation[];
  /** Traces of which some spans would have been dropped. They count as kept. */
  readonly torn: number;
  readonly missed: {
    /** Dropped traces with an error, the longest first; ten at most. */
    readonly errors: readonly SimulatedTrace[];
    readonly slowest: SimulatedTrace | undefined;
    readonly costliest: SimulatedTrace | undefined;
  };
  /** The most that a sampler would have held at one moment. */
  readonly peak: {
    readonly bytes: number;
    readonly traces: number;
    /** Traces decided by their id alone, because there was no room. */
    readonly stressed: number;
  };
  /** Traces that had been sampled before they were recorded (`ot=th` other than 0): they stand for more than themselves. */
  readonly sampledBefore: number;
}

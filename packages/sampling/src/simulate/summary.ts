import type { RuleSimulation, SimulatedTrace, Simulation, Tally } from './simulation.ts';
import type { TraceFacts } from './trace-facts.ts';

export interface SummaryInput {
  readonly traces: readonly TraceFacts[];
  readonly ruleNames: readonly string[];
  readonly durationMillis: number;
  readonly peak: Simulation['peak'];
}

const MOST_MISSED_ERRORS = 10;

/** Adds up what became of each trace. */
export function summary({ traces, ruleNames, durationMillis, peak }: SummaryInput): Simulation {
  const dropped = traces.filter(({ keptSpans }) => keptSpans === 0);
  const byRule = Map.groupBy(traces, ({ rule }) => rule);
  return {
    durationMillis,
    kept: tallyOfKept(traces),
    dropped: tallyOfDropped(traces),
    rules: namesInOrder(ruleNames, byRule).map((name) => ruleOf(name, byRule.get(name) ?? [])),
    torn: traces.filter(({ keptSpans, spans }) => keptSpans > 0 && keptSpans < spans).length,
    missed: {
      errors: longestFirst(dropped.filter(({ hasError }) => hasError))
        .slice(0, MOST_MISSED_ERRORS)
        .map(simulatedTrace),
      slowest: mostOf(dropped, ({ durationMillis }) => durationMillis),
      costliest: mostOf(dropped, ({ costMicroUsd }) => costMicroUsd),
    },
    peak,
    sampledBefore: traces.filter(({ isSampledBefore }) => isSampledBefore).length,
  };
}

/** Those of the policy in its order, and what is not in it (the fallback under stress) behind them. */
function namesInOrder(
  ruleNames: readonly string[],
  byRule: ReadonlyMap<string, unknown>,
): readonly string[] {
  const others = [...byRule.keys()].filter((name) => !ruleNames.includes(name));
  return [...ruleNames.filter((name) => byRule.has(name)), ...others];
}

function ruleOf(name: string, traces: readonly TraceFacts[]): RuleSimulation {
  return { name, kept: tallyOfKept(traces), dropped: tallyOfDropped(traces) };
}

function tallyOfKept(traces: readonly TraceFacts[]): Tally {
  const kept = traces.filter(({ keptSpans }) => keptSpans > 0);
  return {
    ...tallyOf(kept),
    spans: sum(kept, ({ keptSpans }) => keptSpans),
    bytes: sum(kept, ({ keptBytes }) => keptBytes),
  };
}

/** Dropped traces, and the spans that were dropped of any. */
function tallyOfDropped(traces: readonly TraceFacts[]): Tally {
  return {
    ...tallyOf(traces.filter(({ keptSpans }) => keptSpans === 0)),
    spans: sum(traces, ({ spans, keptSpans }) => spans - keptSpans),
    bytes: sum(traces, ({ bytes, keptBytes }) => bytes - keptBytes),
  };
}

function tallyOf(traces: readonly TraceFacts[]): Omit<Tally, 'spans' | 'bytes'> {
  return {
    traces: traces.length,
    errors: traces.filter(({ hasError }) => hasError).length,
    tokens: sum(traces, ({ tokens }) => tokens),
    costMicroUsd: sum(traces, ({ costMicroUsd }) => costMicroUsd),
  };
}

function sum(traces: readonly TraceFacts[], of: (trace: TraceFacts) => number): number {
  return traces.reduce((total, trace) => total + of(trace), 0);
}

function longestFirst(traces: readonly TraceFacts[]): readonly TraceFacts[] {
  return traces.toSorted((a, b) => b.durationMillis - a.durationMillis);
}

/** `undefined` where none has any. */
function mostOf(
  traces: readonly TraceFacts[],
  of: (trace: TraceFacts) => number,
): SimulatedTrace | undefined {
  let most: TraceFacts | undefined;
  for (const trace of traces) {
    if (of(trace) > (most === undefined ? 0 : of(most))) most = trace;
  }
  return most === undefined ? undefined : simulatedTrace(most);
}

function simulatedTrace(trace: TraceFacts): SimulatedTrace {
  const { traceId, name, durationMillis, costMicroUsd } = trace;
  return { traceId, name, durationMillis, costMicroUsd };
}

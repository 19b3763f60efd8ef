import type { RuleSimulation, SimulatedTrace, Simulation, Tally } from './simulation.ts';
import type { TraceFacts } from './trace-facts.ts';

const MOST_MISSED_ERRORS = 10;

type Sums = { -readonly [Member in keyof Tally]: Tally[Member] };

/** Adds up what became of traces, one after the other: of each nothing else is remembered. */
export class SimulationTotals {
  readonly #byRule = new Map<string, { readonly kept: Sums; readonly dropped: Sums }>();
  readonly #all = { kept: noSums(), dropped: noSums() };
  #missedErrors: SimulatedTrace[] = [];
  #slowest: SimulatedTrace | undefined;
  #costliest: SimulatedTrace | undefined;
  #torn = 0;
  #sampledBefore = 0;

  add(trace: TraceFacts): void {
    let ofRule = this.#byRule.get(trace.rule);
    if (ofRule === undefined) {
      ofRule = { kept: noSums(), dropped: noSums() };
      this.#byRule.set(trace.rule, ofRule);
    }
    addTo(ofRule, trace);
    addTo(this.#all, trace);
    if (trace.isSampledBefore) this.#sampledBefore++;
    if (trace.keptSpans === 0) this.#miss(trace);
    else if (trace.keptSpans < trace.spans) this.#torn++;
  }

  /** @param ruleNames of the policy, whose order the rules have here as well */
  summary(
    ruleNames: readonly string[],
    rest: Pick<Simulation, 'durationMillis' | 'peak'>,
  ): Simulation {
    // What is not in the policy (the fallback under stress) stands behind its rules.
    const others = [...this.#byRule.keys()].filter((name) => !ruleNames.includes(name));
    const rules = [...ruleNames, ...others].flatMap((name): RuleSimulation[] => {
      const sums = this.#byRule.get(name);
      return sums === undefined ? [] : [{ name, ...sums }];
    });
    return {
      ...rest,
      ...this.#all,
      rules,
      torn: this.#torn,
      missed: {
        errors: this.#missedErrors,
        slowest: this.#slowest,
        costliest: this.#costliest,
      },
      sampledBefore: this.#sampledBefore,
    };
  }

  #miss(trace: TraceFacts): void {
    const { durationMillis, costMicroUsd } = trace;
    if (durationMillis > (this.#slowest?.durationMillis ?? 0)) this.#slowest = named(trace);
    if (costMicroUsd > (this.#costliest?.costMicroUsd ?? 0)) this.#costliest = named(trace);
    if (!trace.hasError) return;
    const last = this.#missedErrors.at(-1);
    if (this.#missedErrors.length === MOST_MISSED_ERRORS && last!.durationMillis >= durationMillis)
      return;
    this.#missedErrors = [...this.#missedErrors, named(trace)]
      .toSorted((a, b) => b.durationMillis - a.durationMillis)
      .slice(0, MOST_MISSED_ERRORS);
  }
}

/** A trace of which a part was kept counts as kept; its other spans count as dropped spans. */
function addTo(
  { kept, dropped }: { readonly kept: Sums; readonly dropped: Sums },
  trace: TraceFacts,
): void {
  const sums = trace.keptSpans > 0 ? kept : dropped;
  sums.traces++;
  if (trace.hasError) sums.errors++;
  sums.tokens += trace.tokens;
  sums.costMicroUsd += trace.costMicroUsd;
  kept.spans += trace.keptSpans;
  kept.bytes += trace.keptBytes;
  dropped.spans += trace.spans - trace.keptSpans;
  dropped.bytes += trace.bytes - trace.keptBytes;
}

function noSums(): Sums {
  return { traces: 0, spans: 0, bytes: 0, errors: 0, tokens: 0, costMicroUsd: 0 };
}

function named({ traceId, name, durationMillis, costMicroUsd }: TraceFacts): SimulatedTrace {
  return { traceId, name, durationMillis, costMicroUsd };
}

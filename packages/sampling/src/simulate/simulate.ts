import type { ReadableSpan } from '@llm-otel/core';
import { PolicyHolder } from '../live-policy.ts';
import type { SamplingPolicy } from '../policy/sampling-policy.ts';
import { ATTR_SERVICE_NAME } from '../span-condition.ts';
import { tailLimits, type TailSamplingLimits } from '../tail/limits.ts';
import { TailBuffer } from '../tail/tail-buffer.ts';
import { SimulatedClock } from './simulated-clock.ts';
import type { Simulation } from './simulation.ts';
import { summary } from './summary.ts';
import { millisOf, TraceFacts } from './trace-facts.ts';

export interface SimulateOptions {
  /** Of each tail sampler. */
  readonly limits?: TailSamplingLimits | undefined;
  /**
   * True: one sampler sees all spans, as a Collector would. False: each process has its own (`service.name` and
   * `service.instance.id` tell them apart), and a trace over several may be kept by some of them.
   * @defaultValue false
   */
  readonly together?: boolean | undefined;
  /** The load that adaptive rules go by, from 0 to 1: a recording does not say. @defaultValue 0 */
  readonly load?: number | undefined;
}

const ATTR_SERVICE_INSTANCE_ID = 'service.instance.id';

/**
 * What a policy would have kept, dropped and missed of recorded spans, down to the byte limits: the same code decides as
 * in a running process, at the times the spans ended at.
 * @throws InvalidOptionError for an invalid policy or limit
 */
export function simulate(
  policy: SamplingPolicy | string,
  spans: Iterable<ReadableSpan>,
  { limits, together = false, load = 0 }: SimulateOptions = {},
): Simulation {
  const run = new SimulationRun(policy, limits, together, load);
  const ended = Array.from(spans).toSorted((a, b) => millisOf(a.endTime) - millisOf(b.endTime));
  for (const span of ended) run.end(span);
  return run.finish();
}

class SimulationRun {
  readonly #holder: PolicyHolder;
  readonly #clock = new SimulatedClock();
  readonly #limits: ReturnType<typeof tailLimits>;
  readonly #together: boolean;
  readonly #buffers = new Map<string, TailBuffer>();
  readonly #traces = new Map<string, TraceFacts>();
  #start = Infinity;
  #end = -Infinity;
  #first: number | undefined;
  #peakBytes = 0;
  #peakTraces = 0;

  constructor(
    policy: SamplingPolicy | string,
    limits: TailSamplingLimits | undefined,
    together: boolean,
    load: number,
  ) {
    this.#limits = tailLimits(limits);
    this.#together = together;
    this.#holder = new PolicyHolder(policy, this.#clock, () => load);
  }

  end(span: ReadableSpan): void {
    const endMillis = millisOf(span.endTime);
    this.#first ??= endMillis;
    this.#start = Math.min(this.#start, millisOf(span.startTime));
    this.#end = endMillis;
    this.#clock.moveTo(endMillis - this.#first);
    this.#factsOf(span.spanContext().traceId).add(span);
    const buffer = this.#bufferOf(span);
    buffer.onEnd(span);
    const { bytes, traces } = buffer.stats();
    this.#peakBytes = Math.max(this.#peakBytes, bytes);
    this.#peakTraces = Math.max(this.#peakTraces, traces);
  }

  finish(): Simulation {
    for (const buffer of this.#buffers.values()) buffer.drain();
    const stressed = Array.from(this.#buffers.values(), (one) => one.stats().decisions.stress);
    return summary({
      traces: Array.from(this.#traces.values()),
      ruleNames: this.#holder.compiled.rules.map(({ name }) => name),
      durationMillis: Math.max(0, this.#end - this.#start),
      peak: {
        bytes: this.#peakBytes,
        traces: this.#peakTraces,
        stressed: stressed.reduce((sum, one) => sum + one, 0),
      },
    });
  }

  #factsOf(traceId: string): TraceFacts {
    let facts = this.#traces.get(traceId);
    if (facts === undefined) {
      facts = new TraceFacts(traceId);
      this.#traces.set(traceId, facts);
    }
    return facts;
  }

  #bufferOf({ resource: { attributes } }: ReadableSpan): TailBuffer {
    const key = this.#together
      ? ''
      : JSON.stringify([attributes[ATTR_SERVICE_NAME], attributes[ATTR_SERVICE_INSTANCE_ID]]);
    let buffer = this.#buffers.get(key);
    if (buffer === undefined) {
      buffer = new TailBuffer(
        this.#holder,
        this.#limits,
        this.#clock,
        { onEnd: (span) => this.#factsOf(span.spanContext().traceId).keep(span) },
        { sampledOut: () => undefined, dropped: () => undefined },
        (traceId, { rule, kept }) => {
          const facts = this.#factsOf(traceId);
          // Of several decisions, the one that has kept something says why the trace is there.
          if (kept || facts.keptSpans === 0) facts.rule = rule;
        },
      );
      this.#buffers.set(key, buffer);
    }
    return buffer;
  }
}

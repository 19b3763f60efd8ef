import type { ReadableSpan } from '@llm-otel/core';
import { PolicyHolder } from '../live-policy.ts';
import type { SamplingPolicy } from '../policy/sampling-policy.ts';
import { tailLimits, type TailSamplingLimits } from '../tail/limits.ts';
import { TailBuffer } from '../tail/tail-buffer.ts';
import { SimulatedClock } from './simulated-clock.ts';
import type { Simulation } from './simulation.ts';
import { SimulationTotals } from './simulation-totals.ts';
import { processOf } from './span-process.ts';
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

// About 30 MB. A recording may have more traces than there is room for.
const MOST_TRACES = 100_000;

/** One policy over a recording whose spans come in the order in which they ended, or nearly. */
export class SimulationRun {
  readonly #holder: PolicyHolder;
  readonly #clock = new SimulatedClock();
  readonly #limits: ReturnType<typeof tailLimits>;
  readonly #together: boolean;
  readonly #mostTraces: number;
  readonly #buffers = new Map<string, TailBuffer>();
  // Those that may go on. The others are in the totals.
  readonly #traces = new Map<string, TraceFacts>();
  readonly #totals = new SimulationTotals();
  #start = Infinity;
  #end = -Infinity;
  #first: number | undefined;
  #peakBytes = 0;
  #peakTraces = 0;

  /** @param mostTraces traces that are remembered one by one; a span of another one counts as a trace of its own */
  constructor(
    policy: SamplingPolicy | string,
    { limits, together = false, load = 0 }: SimulateOptions,
    mostTraces: number = MOST_TRACES,
  ) {
    this.#limits = tailLimits(limits);
    this.#together = together;
    this.#mostTraces = mostTraces;
    this.#holder = new PolicyHolder(policy, this.#clock, () => load);
  }

  end(span: ReadableSpan): void {
    const endMillis = millisOf(span.endTime);
    this.#first ??= endMillis;
    this.#start = Math.min(this.#start, millisOf(span.startTime));
    this.#end = Math.max(this.#end, endMillis);
    this.#clock.moveTo(endMillis - this.#first);
    this.#factsOf(span.spanContext().traceId).add(span);
    const buffer = this.#bufferOf(span);
    buffer.onEnd(span);
    this.#peakBytes = Math.max(this.#peakBytes, buffer.heldBytes());
    this.#peakTraces = Math.max(this.#peakTraces, buffer.heldTraces());
  }

  finish(): Simulation {
    for (const buffer of this.#buffers.values()) buffer.drain();
    const stressed = Array.from(this.#buffers.values(), (one) => one.stats().decisions.stress);
    for (const facts of this.#traces.values()) this.#totals.add(facts);
    this.#traces.clear();
    return this.#totals.summary(
      this.#holder.compiled.rules.map(({ name }) => name),
      {
        durationMillis: Math.max(0, this.#end - this.#start),
        peak: {
          bytes: this.#peakBytes,
          traces: this.#peakTraces,
          stressed: stressed.reduce((sum, one) => sum + one, 0),
        },
      },
    );
  }

  #factsOf(traceId: string): TraceFacts {
    const known = this.#traces.get(traceId);
    if (known !== undefined) return known;
    const facts = new TraceFacts(traceId);
    this.#traces.set(traceId, facts);
    // Two looks for each new one: the oldest are nearly always done with.
    for (let looks = 2; looks > 0 && this.#traces.size > this.#mostTraces; looks--) {
      this.#settleOldest();
    }
    return facts;
  }

  #settleOldest(): void {
    const [oldest] = this.#traces.values();
    if (oldest === undefined) return;
    const { traceId } = oldest;
    this.#traces.delete(traceId);
    const isOpen = Array.from(this.#buffers.values()).some((buffer) => buffer.isHolding(traceId));
    if (isOpen) this.#traces.set(traceId, oldest);
    else this.#totals.add(oldest);
  }

  #bufferOf(span: ReadableSpan): TailBuffer {
    const key = this.#together ? '' : processOf(span);
    let buffer = this.#buffers.get(key);
    if (buffer === undefined) {
      buffer = new TailBuffer(
        this.#holder,
        this.#limits,
        this.#clock,
        { onEnd: (kept) => this.#factsOf(kept.spanContext().traceId).keep(kept) },
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

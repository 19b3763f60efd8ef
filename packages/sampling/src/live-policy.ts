import { type Clock, systemClock } from '@llm-otel/core';
import { CompiledPolicy, type RuleCounts } from './compiled-policy.ts';
import { HeadWord } from './head-word.ts';
import { parseSamplingPolicy } from './policy/parse-sampling-policy.ts';
import type { SamplingPolicy } from './policy/sampling-policy.ts';
import { SampledCallers } from './sampled-callers.ts';
import { eventLoopLoad, type Load } from './share/event-loop-load.ts';
import { ReliefShares } from './tail/stress-relief.ts';
import { sumOfStats, type TailStats } from './tail/tail-stats.ts';

export interface SamplingPolicyOptions {
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
  /**
   * The load that adaptive rules go by, from 0 to 1.
   * @defaultValue the utilisation of the event loop in Node.js, 0 elsewhere
   */
  readonly load?: Load | undefined;
}

/** What a rule has done so far in this process, and what it does now. */
export interface RuleRate {
  /** The share that is kept now, from 0 to 1; `undefined` for a rate. */
  readonly share: number | undefined;
  /** Decisions to keep and to drop, since the rule is in the policy. A long run may be decided more than once. */
  readonly kept: number;
  readonly dropped: number;
}

export type PolicyListener = (policy: SamplingPolicy, before: SamplingPolicy) => void;

/** A policy that can be exchanged while samplers use it. Made by {@link samplingPolicy}. */
export interface LivePolicy {
  readonly policy: SamplingPolicy;
  /** How often the policy was exchanged. */
  readonly updates: number;
  /**
   * From now on, traces that begin are decided by this policy; those that are being held are decided by the one they
   * began with. A rule that stays the same keeps its buckets and its share. Takes what `parseSamplingPolicy` takes.
   * When a listener throws, the policy before is put back, listeners are told so, and the error is passed on.
   * @throws InvalidOptionError for an invalid policy; the current one stays in force
   */
  update(policy: unknown): void;
  /** Calls the listener after each update. Returns a function that ends it. */
  onUpdate(listener: PolicyListener): () => void;
  /** What each rule does, by its name. */
  rates(): Readonly<Record<string, RuleRate>>;
}

/**
 * A policy for `headSampler` and `tailSampling` that can be exchanged at run time: hand the same one to both.
 * @throws InvalidOptionError for an invalid policy
 */
export function samplingPolicy(
  policy: SamplingPolicy | string,
  { clock = systemClock, load = eventLoopLoad(clock) }: SamplingPolicyOptions = {},
): LivePolicy {
  return new PolicyHolder(policy, clock, load);
}

// For who makes up names of rules by program.
const MOST_NAMES = 10_000;

export class PolicyHolder implements LivePolicy {
  readonly load: Load;
  /** Seen by a head sampler of this policy, for its tail sampler. */
  readonly sampledCallers: SampledCallers = new SampledCallers();
  /** What a head sampler of this policy has told other services, for its tail sampler. */
  readonly headWord: HeadWord = new HeadWord();
  /** What tail samplers of this policy are down to under stress, for its head sampler. */
  readonly relief: ReliefShares = new ReliefShares();
  readonly #clock: Clock;
  readonly #listeners = new Set<PolicyListener>();
  readonly #tails = new Set<() => TailStats>();
  // One for each name that a rule ever had: what is counted never falls.
  readonly #counts = new Map<string, RuleCounts>();
  #names = 0;
  #compiled: CompiledPolicy;
  #updates = 0;

  constructor(policy: unknown, clock: Clock, load: Load) {
    this.#clock = clock;
    this.load = load;
    this.#compiled = this.#compile(policy);
  }

  /** What samplers go by, made in one piece. */
  get compiled(): CompiledPolicy {
    return this.#compiled;
  }

  get policy(): SamplingPolicy {
    return this.#compiled.policy;
  }

  get updates(): number {
    return this.#updates;
  }

  update(policy: unknown): void {
    const before = this.#compiled;
    const after = this.#compile(policy);
    this.#compiled = after;
    this.headWord.isExchanged = true;
    try {
      for (const listener of this.#listeners) listener(after.policy, before.policy);
    } catch (error) {
      this.#compiled = before;
      this.#tellRollback(after.policy, before.policy);
      throw error;
    }
    this.#updates++;
  }

  onUpdate(listener: PolicyListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  rates(): Readonly<Record<string, RuleRate>> {
    return Object.fromEntries(
      this.#compiled.rules.map(({ name, control, counts }) => [
        name,
        { share: control.share, kept: counts.kept, dropped: counts.dropped },
      ]),
    );
  }

  /** Lets a tail sampler be seen. Returns a function that ends it. */
  addTail(stats: () => TailStats): () => void {
    this.#tails.add(stats);
    return () => void this.#tails.delete(stats);
  }

  /** Of all tail samplers together; `undefined` where there is none. */
  tailStats(): TailStats | undefined {
    const all = Array.from(this.#tails, (stats) => stats());
    return all.length === 0 ? undefined : all.reduce(sumOfStats);
  }

  #compile(policy: unknown): CompiledPolicy {
    return new CompiledPolicy(
      parseSamplingPolicy(policy),
      { clock: this.#clock, load: this.load, countsOf: (rule) => this.#countsOf(rule) },
      this.#compiled,
    );
  }

  #countsOf(rule: string): RuleCounts {
    let counts = this.#counts.get(rule);
    if (counts === undefined) {
      counts = { id: ++this.#names, kept: 0, dropped: 0 };
      this.#counts.set(rule, counts);
      const [oldest = rule] = this.#counts.keys();
      if (this.#counts.size > MOST_NAMES) this.#counts.delete(oldest);
    }
    return counts;
  }

  #tellRollback(tried: SamplingPolicy, restored: SamplingPolicy): void {
    for (const listener of this.#listeners) {
      try {
        listener(restored, tried);
      } catch {
        // It has failed before, and what went wrong is thrown already.
      }
    }
  }
}

/** The holder behind what a user hands to a sampler: a policy, the name of a preset, or a live policy. */
export function holderOf(
  policy: SamplingPolicy | LivePolicy,
  { clock = systemClock, load = eventLoopLoad(clock) }: SamplingPolicyOptions = {},
): PolicyHolder {
  return isHolder(policy) ? policy : new PolicyHolder(policy, clock, load);
}

// By shape: two copies of this package may be installed.
function isHolder(policy: object): policy is PolicyHolder {
  return typeof policy === 'object' && policy !== null && 'compiled' in policy;
}

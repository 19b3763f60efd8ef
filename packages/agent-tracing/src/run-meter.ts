import { type Clock, FailureLog, type Timer } from '@llm-otel/core';
import {
  type Cost,
  CostSum,
  type LlmOtelBudgetKindValue,
  type Usage,
} from '@llm-otel/llm-conventions';
import type { Budget, ExceededBudget, RunUsage } from './budget.ts';
import { usableBudget } from './usable-options.ts';

const failures = new FailureLog();

/** What a run uses, and when that is more than it should. */
export class RunMeter {
  inputTokens = 0;
  outputTokens = 0;
  /** Of agents inside too. */
  totalSteps = 0;
  /** Whether any call said what it used: otherwise there is nothing to tell. */
  hasTokens = false;
  hasOutputTokens = false;
  hasCost = false;
  /** Calls that did not say what they used, or that have no price. */
  hasUnknownTokens = false;
  hasUnknownCost = false;
  readonly exceeded: LlmOtelBudgetKindValue[] = [];
  readonly #budget: Budget;
  readonly #report: (exceeded: ExceededBudget) => void;
  readonly #clock: Clock;
  readonly #startMillis: number;
  /** Of the run's own calls. */
  readonly #own = new CostSum();
  /** Of all calls below the span. */
  readonly #below = new CostSum();
  readonly #total: CostSum;
  readonly #before: RunUsage | undefined;
  /** Undefined where there is none. */
  #timer: Timer;

  /** `before` is what the run used before it was paused. `report` hears of each budget once. */
  constructor(
    budget: Budget | undefined,
    before: RunUsage | undefined,
    clock: Clock,
    report: (exceeded: ExceededBudget) => void,
  ) {
    this.#budget = usableBudget(budget);
    this.#before = before;
    this.#clock = clock;
    this.#report = report;
    this.#startMillis = clock.monotonicMillis();
    this.inputTokens = before?.inputTokens ?? 0;
    this.outputTokens = before?.outputTokens ?? 0;
    this.totalSteps = stepsOf(before);
    this.#total = new CostSum(before?.microUsd);
    const { wallTimeMillis } = this.#budget;
    if (wallTimeMillis !== undefined)
      this.#timer = clock.setTimer(
        () => this.#check('wall_time', this.elapsedMillis / 1000, wallTimeMillis / 1000),
        // At the limit it is not exceeded yet.
        Math.max(0, wallTimeMillis - this.elapsedMillis) + 1,
      );
  }

  get ownMicroUsd(): number {
    return this.#own.microUsd;
  }

  get microUsd(): number {
    return this.#total.microUsd;
  }

  /** The time it was paused does not count. */
  get elapsedMillis(): number {
    return (this.#before?.elapsedMillis ?? 0) + this.#clock.monotonicMillis() - this.#startMillis;
  }

  /** Without what was used before the pause: the totals of the calls below the span. */
  get below(): Pick<RunUsage, 'inputTokens' | 'outputTokens' | 'microUsd' | 'totalSteps'> {
    return {
      inputTokens: this.inputTokens - (this.#before?.inputTokens ?? 0),
      outputTokens: this.outputTokens - (this.#before?.outputTokens ?? 0),
      microUsd: this.#below.microUsd,
      totalSteps: this.totalSteps - stepsOf(this.#before),
    };
  }

  ownCall(cost: Pick<Cost, 'exactMicroUsd'> | undefined): void {
    this.#own.add(cost?.exactMicroUsd ?? 0);
  }

  add(
    usage: Pick<Usage, 'inputTokens' | 'outputTokens'> | undefined,
    cost: Pick<Cost, 'exactMicroUsd'> | undefined,
  ): void {
    const { tokens, microUsd } = this.#budget;
    if (usage !== undefined) {
      this.hasTokens = true;
      if (usage.outputTokens !== undefined) this.hasOutputTokens = true;
      this.inputTokens += usage.inputTokens ?? 0;
      this.outputTokens += usage.outputTokens ?? 0;
      this.#check('tokens', this.inputTokens + this.outputTokens, tokens);
    }
    if (cost === undefined) return;
    this.hasCost = true;
    this.#below.add(cost.exactMicroUsd);
    this.#total.add(cost.exactMicroUsd);
    this.#check('cost', this.microUsd, microUsd);
  }

  /** Notes what is not known of a call. */
  miss(usage: Usage | undefined, cost: Cost | undefined): void {
    if (usage?.inputTokens === undefined || usage.outputTokens === undefined)
      this.hasUnknownTokens = true;
    if (cost === undefined) this.hasUnknownCost = true;
  }

  /** Which of the sums lack calls: some did not say what they used, or are not over and may yet say it. */
  partial(isOpen: boolean): string[] {
    const partial: string[] = [];
    if (isOpen || (this.hasTokens && this.hasUnknownTokens)) partial.push('tokens');
    if (isOpen || (this.hasCost && this.hasUnknownCost)) partial.push('cost');
    return partial;
  }

  stepsStarted(count: number): void {
    this.totalSteps += count;
    this.#check('steps', this.totalSteps, this.#budget.steps);
  }

  /** The run is over: no timer stays behind. */
  stop(): void {
    const { wallTimeMillis } = this.#budget;
    if (wallTimeMillis === undefined) return;
    this.#check('wall_time', this.elapsedMillis / 1000, wallTimeMillis / 1000);
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  #check(kind: LlmOtelBudgetKindValue, value: number, limit: number | undefined): void {
    if (limit === undefined || value <= limit || this.exceeded.includes(kind)) return;
    this.exceeded.push(kind);
    const exceeded = { kind, limit, value };
    this.#report(exceeded);
    failures.callback('onExceeded of a budget', () => this.#budget.onExceeded?.(exceeded));
  }
}

function stepsOf(before: RunUsage | undefined): number {
  return before?.totalSteps ?? before?.steps ?? 0;
}

/** How a delivery is doing, asked when that may have changed. */
export interface DeliveryState {
  /** Nothing is in flight but what the backlog has as well. */
  isIdle(): boolean;
  isTroubled(): boolean;
  /** Nothing is left, neither in memory nor in the backlog; or nothing will be delivered any more. */
  isDrained(): boolean;
  /** Nothing is on its way. */
  isAnswered(): boolean;
}

type Resolve = () => void;

/** Whoever waits for a delivery to get somewhere. */
export class DeliveryWaits {
  readonly #state: DeliveryState;
  readonly #idle: Resolve[] = [];
  readonly #settled: Resolve[] = [];
  readonly #drained: Resolve[] = [];
  readonly #answered: Resolve[] = [];

  constructor(state: DeliveryState) {
    this.#state = state;
  }

  idle(): Promise<void> {
    return this.#wait(this.#idle, this.#state.isIdle());
  }

  idleOrTroubled(): Promise<void> {
    return this.#wait(this.#settled, this.#state.isIdle() || this.#state.isTroubled());
  }

  drained(): Promise<void> {
    return this.#wait(this.#drained, this.#state.isDrained());
  }

  answered(): Promise<void> {
    return this.#wait(this.#answered, this.#state.isAnswered());
  }

  /** Something has happened. Those whose wait is over go on. */
  wake(): void {
    const state = this.#state;
    if (this.#drained.length > 0 && state.isDrained()) resolveAll(this.#drained);
    if (this.#answered.length > 0 && state.isAnswered()) resolveAll(this.#answered);
    if (this.#idle.length + this.#settled.length === 0) return;
    const isIdle = state.isIdle();
    if (isIdle) resolveAll(this.#idle);
    if (isIdle || state.isTroubled()) resolveAll(this.#settled);
  }

  #wait(waiters: Resolve[], isOver: boolean): Promise<void> {
    return isOver ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve));
  }
}

function resolveAll(waiters: Resolve[]): void {
  for (const resolve of waiters.splice(0)) resolve();
}

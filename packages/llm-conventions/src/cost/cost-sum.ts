/** Costs as they are listed have six digits after the micro-USD: a token at a price in micro-USD per million. */
const PARTS = 1_000_000;

/** A sum of costs that does not drift, however many small ones there are: digits after the point are carried as whole numbers. */
export class CostSum {
  #whole = 0;
  #parts = 0;

  constructor(microUsd = 0) {
    this.add(microUsd);
  }

  add(microUsd: number): void {
    const whole = Math.floor(microUsd);
    this.#whole += whole;
    this.#parts += Math.round((microUsd - whole) * PARTS);
    if (this.#parts < PARTS) return;
    this.#parts -= PARTS;
    this.#whole += 1;
  }

  /** Micro-USD, with digits after the point. */
  get microUsd(): number {
    return this.#whole + this.#parts / PARTS;
  }
}

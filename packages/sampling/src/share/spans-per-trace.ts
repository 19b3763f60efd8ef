const FORGET_AT = 10_000;

/** How many spans a sampled trace has, on average: what a head sampler can know of the spans it lets begin. */
export class SpansPerTrace {
  #roots = 0;
  #children = 0;

  /** At least 1. */
  get mean(): number {
    return this.#roots === 0 ? 1 : 1 + this.#children / this.#roots;
  }

  addRoot(): void {
    this.#roots++;
    if (this.#roots < FORGET_AT) return;
    // Traces change over time: older ones count half.
    this.#roots /= 2;
    this.#children /= 2;
  }

  addChild(): void {
    this.#children++;
  }
}

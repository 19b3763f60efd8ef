/** Why a value is not there. */
export type LeftOut = 'circular' | 'too_deep' | 'too_large' | 'unreadable';

/** What stands in place of a value that was left out. */
const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  circular: '[circular]',
  too_deep: '[too_deep]',
  too_large: '[too_large]',
  unreadable: '[unreadable]',
};

// Every level is three nested messages, six are around them, and receivers in C++ and Java give up beyond 100.
const MAX_DEPTH = 30;
// Objects that hold each other, without a cycle, can be 2^30 times as many as they are.
const MAX_CONTAINERS = 100_000;
// Some 20 ms of work.
const MAX_MEMBERS = 250_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** What one value, or the attributes of one item, may cost in all, and how much of it had to be left out. */
export class ValueBudget {
  readonly #writer: { readonly position: number };
  /** The containers around the value at hand, so many as it is deep. The list stays as long as it once was: its memory is used again. */
  readonly #around: (object | undefined)[] = [];
  #depth = 0;
  #start = 0;
  #containers = 0;
  #members = 0;
  #leftOut = 0;

  constructor(writer: { readonly position: number }) {
    this.#writer = writer;
  }

  get leftOut(): number {
    return this.#leftOut;
  }

  get depth(): number {
    return this.#depth;
  }

  restart(): void {
    this.#start = this.#writer.position;
    this.#leftOut = 0;
    // Most attributes hold none, and this runs several times for every span.
    if (this.#containers === 0) return;
    this.backTo(0);
    this.#containers = 0;
    this.#members = 0;
  }

  /** Why a list or a map cannot be written. Undefined: it can, until {@link leaveContainer}. */
  enter(container: object): LeftOut | undefined {
    const around = this.#around;
    for (let i = 0; i < this.#depth; i++) if (around[i] === container) return 'circular';
    if (this.#depth >= MAX_DEPTH) return 'too_deep';
    if (++this.#containers > MAX_CONTAINERS) return 'too_large';
    around[this.#depth++] = container;
    return undefined;
  }

  leaveContainer(): void {
    this.#around[--this.#depth] = undefined;
  }

  /** After an error inside: so many containers are around again. */
  backTo(depth: number): void {
    while (this.#depth > depth) this.leaveContainer();
  }

  /** Counts a member of a list or a map. True when there is no room for it. */
  isOver(): boolean {
    return (
      ++this.#members > MAX_MEMBERS ||
      this.#containers > MAX_CONTAINERS ||
      this.#writer.position - this.#start > MAX_BYTES
    );
  }

  /** Counts a value that is left out, and returns what stands in its place. */
  leave(why: LeftOut = 'unreadable'): string {
    this.#leftOut++;
    return LEFT_OUT[why];
  }
}

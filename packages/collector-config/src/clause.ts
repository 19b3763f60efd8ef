/**
 * How well a Collector does what a part of a policy says. `exact`: the same result. `approximate`: nearly, and `note`
 * says how far off. `refused`: it cannot, and `use` says what to do instead.
 */
export type Fidelity = 'exact' | 'approximate' | 'refused';

/** One part of what was given, and what became of it. */
export interface Clause {
  /** Where it stands: `sampling.rules[1].when.minTokens`. */
  readonly at: string;
  readonly fidelity: Fidelity;
  /** How it is done; where it is not exact, how far off that is. */
  readonly note: string;
  /** What to do where it is refused. */
  readonly use?: string | undefined;
}

/** Takes in what the parts of the compiler find out about each clause. */
export class ClauseList {
  readonly all: Clause[] = [];

  exact(at: string, note: string): void {
    this.all.push({ at, fidelity: 'exact', note });
  }

  approximate(at: string, note: string): void {
    this.all.push({ at, fidelity: 'approximate', note });
  }

  /** @param note - what is emitted instead where approximations are allowed */
  refused(at: string, note: string, use: string): void {
    this.all.push({ at, fidelity: 'refused', note, use });
  }
}

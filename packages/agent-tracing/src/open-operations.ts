/** What tells whether it has ended. */
interface Endable {
  readonly ended: boolean;
}

/** How many a run remembers, and names. */
const MAX_REMEMBERED = 1000;
const MAX_NAMED = 5;

/** What code without callbacks has started in a run, to tell at the end of the run what nobody ended: its spans would be lost. */
export class OpenOperations {
  readonly #names = new Map<Endable, string>();

  add<O extends Endable>(name: string, operation: O): O {
    if (this.#names.size >= MAX_REMEMBERED) this.#forgetEnded();
    if (this.#names.size < MAX_REMEMBERED) this.#names.set(operation, name);
    return operation;
  }

  /** Undefined where all have ended. */
  problem(): Error | undefined {
    this.#forgetEnded();
    const names = [...this.#names.values()];
    if (names.length === 0) return undefined;
    const listed = names.slice(0, MAX_NAMED).join(', ');
    const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
    return new Error(
      `still open when the run ended: ${listed}${more}. Call end() or fail(error) of each, or their spans are lost`,
    );
  }

  #forgetEnded(): void {
    for (const operation of this.#names.keys()) if (operation.ended) this.#names.delete(operation);
  }
}

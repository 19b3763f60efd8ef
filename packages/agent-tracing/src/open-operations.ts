import { LLM_OTEL_LEFT_OPEN_VALUE_RUN_ENDED } from '@llm-otel/llm-conventions';
import { endLeftOpen, endWhenDropped, type OpenHandle } from './left-open.ts';

/** What tells whether it has ended. */
interface OpenOperation extends OpenHandle {
  readonly ended: boolean;
}

/** How many a run remembers, and names. */
const MAX_REMEMBERED = 1000;
const MAX_NAMED = 5;

/** What code without callbacks has started in a run. At the end of the run, what nobody ended is ended and told. */
export class OpenOperations {
  /** Weakly: what is dropped before ends then. */
  readonly #names = new Map<{ deref(): OpenOperation | undefined }, string>();

  add<O extends OpenOperation>(name: string, operation: O): O {
    endWhenDropped(name, operation);
    if (this.#names.size >= MAX_REMEMBERED) this.#forgetEnded();
    if (this.#names.size < MAX_REMEMBERED) this.#names.set(referenceTo(operation), name);
    return operation;
  }

  /** What had to be ended, as a problem; undefined where all had ended. */
  endAll(): Error | undefined {
    this.#forgetEnded();
    const names = [...this.#names.values()];
    // What was started last lies within what was started before.
    for (const reference of [...this.#names.keys()].toReversed()) {
      const operation = reference.deref();
      if (operation !== undefined) endLeftOpen(operation, LLM_OTEL_LEFT_OPEN_VALUE_RUN_ENDED);
    }
    this.#names.clear();
    if (names.length === 0) return undefined;
    const listed = names.slice(0, MAX_NAMED).join(', ');
    const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
    return new Error(
      `still open when the run ended, and ended with it: ${listed}${more}. Call end() or fail(error) of each, or their durations are wrong`,
    );
  }

  #forgetEnded(): void {
    for (const reference of this.#names.keys())
      if (reference.deref()?.ended !== false) this.#names.delete(reference);
  }
}

function referenceTo(operation: OpenOperation): { deref(): OpenOperation | undefined } {
  return typeof WeakRef === 'undefined' ? { deref: () => operation } : new WeakRef(operation);
}

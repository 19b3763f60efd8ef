import type { Recording } from '@llm-otel/core';

/** What of a recording could not be read. */
export class Damage {
  #parts = 0;
  #first: string | undefined;

  add(problem: string): void {
    this.#parts++;
    this.#first ??= problem;
  }

  get seen(): Recording['damage'] {
    return { parts: this.#parts, first: this.#first };
  }
}

import { safeJson } from '../content/safe-json.ts';
import { groundedIn, quotedIn } from '../messages/citations.ts';

/** More than an answer has; a stream that goes on for ever must not fill the memory. */
const MAX_CITATIONS = 1000;

/** What the chunks of one candidate cite together. Each tells its own, or all so far. */
export class GeminiCitations {
  readonly #grounded = new Map<string, unknown>();
  readonly #quoted = new Map<string, unknown>();

  add(candidate: unknown): void {
    addTo(this.#grounded, groundedIn(candidate));
    addTo(this.#quoted, quotedIn(candidate));
  }

  /** In the order in which an answer in one piece has them. */
  all(): unknown[] {
    return [...this.#grounded.values(), ...this.#quoted.values()];
  }
}

function addTo(seen: Map<string, unknown>, citations: readonly unknown[]): void {
  for (const citation of citations)
    if (seen.size < MAX_CITATIONS) seen.set(safeJson(citation), citation);
}

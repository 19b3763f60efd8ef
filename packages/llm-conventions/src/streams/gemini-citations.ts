import { safeJson } from '../content/safe-json.ts';
import { groundedIn, quotedIn } from '../messages/citations.ts';

/** More than an answer has; a stream that goes on for ever must not fill the memory. */
const MAX_CITATIONS = 1000;

/** What the chunks of one candidate cite together. Each tells its own, or all so far. */
export class GeminiCitations {
  readonly #grounded = new Map<string, unknown>();
  readonly #quoted = new Map<string, unknown>();

  /** Whether there was any. */
  add(candidate: unknown): boolean {
    const grounded = addTo(this.#grounded, groundedIn(candidate));
    return addTo(this.#quoted, quotedIn(candidate)) || grounded;
  }

  /** In the order in which an answer in one piece has them. */
  all(): unknown[] {
    return [...this.#grounded.values(), ...this.#quoted.values()];
  }
}

function addTo(seen: Map<string, unknown>, citations: readonly unknown[]): boolean {
  for (const citation of citations)
    if (seen.size < MAX_CITATIONS) seen.set(safeJson(citation), citation);
  return citations.length > 0;
}

import { NameSurroundings } from './name-surroundings.ts';

export interface KeyAnchor {
  readonly text: string;
  /** Small letters that may follow within the same word: `o` for `auth`, because of `authorization`. */
  readonly continuations: string;
  readonly surroundings: NameSurroundings;
}

/** What is known of the words beside their letters. */
export interface WordOrigins {
  /** What a word was cut off from, for each name it is the rest of. */
  readonly heads?: ReadonlyMap<string, readonly string[]>;
  /** Words that any other one may end with. */
  readonly endings?: ReadonlySet<string>;
}

const SHORTEST = 2;

/**
 * The words without those that contain another one, each with what may follow it in those. Every part of a word is looked
 * up once: the words are some hundred, and comparing each with each took a third of the time to build the engine.
 */
export function keyAnchors(
  words: readonly string[],
  { heads, endings }: WordOrigins = {},
): KeyAnchor[] {
  const followers = new Map(
    words
      .filter((word) => word.length >= SHORTEST)
      .map((word) => [word, { letters: new Set<string>(), surroundings: new NameSurroundings() }]),
  );
  const longest = Math.max(0, ...[...followers.keys()].map(({ length }) => length));
  const containing = new Set<string>();
  for (const word of followers.keys()) {
    for (let from = 0; from + SHORTEST <= word.length; from++) {
      const last = Math.min(word.length, from + longest);
      for (let to = from + SHORTEST; to <= last; to++) {
        const found = followers.get(word.slice(from, to));
        if (found === undefined) continue;
        found.letters.add(word.charAt(to));
        for (const head of heads?.get(word) ?? ['']) {
          const endsAny = endings?.has(word) ?? false;
          found.surroundings.add(head + word.slice(0, from), word.slice(to), endsAny);
        }
        if (to - from < word.length) containing.add(word);
      }
    }
  }
  const anchors: KeyAnchor[] = [];
  for (const [text, { letters, surroundings }] of followers) {
    // Words with a space between them are no part of a name otherwise: `passport number`.
    if (containing.has(text) && !text.includes(' ')) continue;
    anchors.push({ text, continuations: [...letters].join(''), surroundings });
  }
  return anchors;
}

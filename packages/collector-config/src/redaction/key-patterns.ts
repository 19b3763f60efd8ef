import { escapeRegExp } from '../ottl/text-condition.ts';

/**
 * A regular expression (RE2) for keys that end with the words of `name`: `api_key` is found in `x-api-key` and in
 * `userApiKey`, and `token` not in `max_tokens`. `customer.*` is everything below.
 */
export function keyPattern(name: string): string {
  const below = name.endsWith('.*');
  const words = wordsOf(below ? name.slice(0, -2) : name);
  const joint = '[^A-Za-z0-9]*';
  const lower = words.map((word) => escapeRegExp(word)).join(joint);
  const capitals = words.map((word, index) => capitalised(word, index > 0)).join(joint);
  const end = below ? '[^A-Za-z0-9].+' : '';
  // Behind a separator in any case; in the middle of camelCase each word has its capital.
  return `(?:(?:^|[^A-Za-z0-9])(?i:${lower})|[a-z0-9]${capitals})[0-9]*${end}$`;
}

/** The patterns of all names. What is written in one word is found by the pattern of several: `apikey` by `api key`. */
export function keyPatterns(names: readonly string[]): readonly string[] {
  const byLetters = new Map<string, string>();
  for (const name of names) {
    const letters = wordsOf(name).join('') + (name.endsWith('.*') ? '.*' : '');
    const known = byLetters.get(letters);
    if (known === undefined || wordsOf(name).length > wordsOf(known).length)
      byLetters.set(letters, name);
  }
  return [...byLetters.values()].map((name) => keyPattern(name));
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** @param either - a small letter will do: `dbPassword` has `pass word` in it, too */
function capitalised(word: string, either: boolean): string {
  const first = word.charAt(0);
  const capital = first.toUpperCase();
  const start = either && capital !== first ? `[${capital}${first}]` : escapeRegExp(capital);
  return start + escapeRegExp(word.slice(1));
}

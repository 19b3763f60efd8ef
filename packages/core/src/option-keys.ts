import { UnknownOptionError } from './errors.ts';

/** The keys that an options object may have. Typed by the options, so that neither can be without the other. */
export type OptionKeys<Options> = { readonly [Key in keyof Options]-?: true };

/**
 * One error for each key of `options` that is none of `known`: a misspelt option would be ignored in silence.
 * Values are not looked at, and not printed: what is misspelt may be a secret.
 * @param path - where `options` stands, such as `batch`; left out at the top
 */
export function unknownOptions<Options extends object>(
  options: Options,
  known: OptionKeys<Options>,
  path: string = '',
): UnknownOptionError[] {
  return Object.keys(options)
    .filter((key) => !Object.hasOwn(known, key))
    .map((key) => {
      const prefix = path === '' ? '' : `${path}.`;
      const names = Object.keys(known);
      const nearest = nearestName(key, names);
      const instead =
        nearest === undefined
          ? `the options${path === '' ? '' : ` of ${path}`} are ${names.join(', ')}`
          : `did you mean ${prefix}${nearest}?`;
      return new UnknownOptionError(prefix + key, instead);
    });
}

/**
 * The name that `word` begins (a unit is easily left out: `timeout` for `timeoutMillis`), else the one that `edits`
 * letters or fewer turn it into. Upper and lower case count as the same.
 * @param edits - a third of the letters where left out
 */
export function nearestName(
  word: string,
  names: readonly string[],
  edits: number = Math.floor(word.length / 3),
): string | undefined {
  const begun = names.find((name) => name.toLowerCase().startsWith(word.toLowerCase()));
  if (begun !== undefined && word.length >= 4) return begun;
  let best: string | undefined;
  let least = edits + 1;
  for (const name of names) {
    const between = editsBetween(word.toLowerCase(), name.toLowerCase(), least);
    if (between < least) [best, least] = [name, between];
  }
  return best;
}

/** How many letters have to be put in, taken out or changed to make `to` of `from`; `limit` where it is more. */
function editsBetween(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(row[to.length] ?? limit, limit);
}

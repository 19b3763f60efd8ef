import { type Content, type ContentKind, contents, type NamesByKind } from './content.ts';
import { bareContentNames, contentNames } from './content-names.ts';
import { guessedContent } from './guessed-content.ts';

const POSITION = /^\d+$/;
/** Where a list starts: `prompt.0.content`. */
const LIST = /\.\d+(?:\.|$)/;

const named: ReadonlyMap<string, Content | undefined> = mapOf(Object.values(contentNames));
const bare: ReadonlyMap<string, Content | undefined> = mapOf([bareContentNames]);

/**
 * What `key` names of a conversation, or `undefined` when it names something else. A name of a library that is not
 * listed is judged by its words.
 * @param isAttribute - true where the key is that of an attribute, and not of a map inside of one
 */
export function contentOf(key: string, isAttribute: boolean = false): Content | undefined {
  if (isAttribute) {
    const place = key.search(LIST);
    const whole = place < 0 ? key : key.slice(0, place);
    if (bare.has(whole)) return bare.get(whole);
  }
  if (named.has(key)) return named.get(key);
  const parts = key.split('.').filter((part) => !POSITION.test(part));
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.');
    if (named.has(name)) return named.get(name);
  }
  return guessedContent(key);
}

function mapOf(lists: readonly NamesByKind[]): ReadonlyMap<string, Content | undefined> {
  const map = new Map<string, Content | undefined>();
  for (const list of lists) {
    for (const [kind, names] of Object.entries(list) as [ContentKind, readonly string[]][])
      for (const name of names) map.set(name, kind === 'none' ? undefined : contents[kind]);
  }
  return map;
}

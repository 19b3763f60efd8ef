import { BoundedMap } from './bounded-map.ts';
import type { Content } from './content/content.ts';
import { contentInEvent } from './content/content-events.ts';
import { contentOf } from './content/content-of.ts';
import { joined } from './keys/joined-path.ts';
import { STATEMENTS } from './redis-statement.ts';
import type { KeyDecision, KeyRules } from './keys/key-rules.ts';

const REMEMBERED_KEYS = 4096;
const LONGEST_KEY = 256;

/** What a key says, and what it is called when it leaves: a key can hold a secret too. */
export interface KeyVerdict {
  readonly decision: KeyDecision;
  readonly name: string;
  readonly content: Content | undefined;
  /** True for an attribute that holds the statement of a database. */
  readonly isStatement: boolean;
}

/** The verdict on keys that say nothing and keep their name. */
export const HARMLESS: KeyVerdict = {
  decision: 'none',
  name: '',
  content: undefined,
  isStatement: false,
};

/** Judges keys, each once. */
export class KeyVerdicts {
  readonly #ofAttributes: BoundedMap<KeyVerdict> = new BoundedMap(REMEMBERED_KEYS);
  readonly #ofMembers: BoundedMap<KeyVerdict> = new BoundedMap(REMEMBERED_KEYS);
  readonly #keys: KeyRules;
  readonly #redact: (text: string) => string;

  constructor(keys: KeyRules, redact: (text: string) => string) {
    this.#keys = keys;
    this.#redact = redact;
  }

  /**
   * @param path - the names of the maps around, where the rules ask for them
   * @param isAttribute - true for the key of an attribute, and not of a map inside of one
   * @param event - what the event is about that the key belongs to
   */
  of(key: string, path: string, isAttribute: boolean, event: Content | undefined): KeyVerdict {
    const verdict = this.#anywhere(key, path, isAttribute);
    if (event === undefined || verdict.decision === 'allow') return verdict;
    const content = contentInEvent(event, key);
    if (content === verdict.content) return verdict;
    const name = verdict === HARMLESS ? key : verdict.name;
    return { ...verdict, name, content };
  }

  #anywhere(key: string, path: string, isAttribute: boolean): KeyVerdict {
    const full = joined(path, key);
    const verdicts = isAttribute ? this.#ofAttributes : this.#ofMembers;
    const known = verdicts.get(full);
    if (known !== undefined) return known;
    // A long key is no name: not worth remembering, and judged by its end.
    const decision = this.#keys.decide(full.slice(-LONGEST_KEY));
    const content = contentOf(key.slice(0, LONGEST_KEY), isAttribute);
    const name = decision === 'allow' ? key : this.#redact(key);
    const isStatement = isAttribute && this.#keys.findsSecrets && STATEMENTS.has(key);
    const says = isStatement || decision !== 'none' || content !== undefined;
    const verdict = says || name !== key ? { decision, name, content, isStatement } : HARMLESS;
    // One that holds something to hide is counted each time it leaves.
    if (full.length <= LONGEST_KEY && name === key) verdicts.set(full, verdict);
    return verdict;
  }
}

import { BoundedMap } from '../bounded-map.ts';
import { containerNames, personContainers } from './inner-names.ts';
import { ADDRESS, type Inner, innerOf } from './inner-values.ts';
import { type KeyAnchor, keyAnchors } from './key-anchors.ts';
import { endsWithSegments, keySegments } from './key-segments.ts';
import {
  compoundFieldNames,
  fieldNames,
  type PersonalKind,
  personalNames,
  rareFieldNames,
} from './personal-names.ts';
import {
  codeNames,
  harmlessNames,
  identityNames,
  likelyEndings,
  likelyNames,
  sessionNames,
  passwordNames,
  neutralEndings,
  secretEndings,
  secretNames,
  settingNames,
} from './sensitive-names.ts';

/**
 * What a key says about its value. `allow`: leave it as it is. `block`: it goes, whole. `secret`: it goes, unless
 * it is empty, a truth value or a structure, which is looked into. `likely`: it goes when it looks random.
 * `signature`: the same, when it is as short as that of a request: models sign what they thought, too. `password`:
 * it goes when a person may have chosen it as a password, too. `code`: it goes when it has four to eight digits. `session`: when it looks random
 * and is no UUID. A kind of personal data: it goes when it can be that. `none`: look at the value only.
 */
export type KeyDecision =
  | 'allow'
  | 'block'
  | 'secret'
  | 'likely'
  | 'signature'
  | 'password'
  | 'code'
  | 'session'
  | 'none'
  | PersonalKind;

export interface KeyLists {
  readonly block?: readonly string[] | undefined;
  readonly allow?: readonly string[] | undefined;
}

export interface KeyRules {
  /** `path` is the whole name: `customer.address.city` for a key `city` two maps down. */
  decide(path: string): KeyDecision;
  /** Whether the name is that of a user or a client, which the preset `strict` blocks and code has as well. */
  isIdentity(path: string): boolean;
  /** What the name of a map or a list says about the values in it. */
  inside(path: string): Inner | undefined;
  /** Whether names of secrets are among the rules. */
  readonly findsSecrets: boolean;
  /** The same of what is known of persons. */
  readonly findsPersons: boolean;
  /** True when an entry has more than one word, so that the maps around a key matter. */
  readonly usesPaths: boolean;
  /** One of these, in any case and with `-` and `_` being the same, stands in every key that is not `none`. */
  readonly anchors: readonly KeyAnchor[];
}

interface Entry {
  readonly segments: readonly string[];
  /** `customer.*`: everything below. */
  readonly below: boolean;
  /** `* key`: with a word before it. */
  readonly after: boolean;
}

const REMEMBERED = 4096;
/** What the names of flags start with: `hasApiKey`, `should_rotate_token`. */
const QUESTIONS = new Set(['has', 'is', 'should', 'needs', 'requires', 'must', 'can']);

/** The rules of a policy. The built-in names apply when `secrets` is set. */
export function keyRules(
  lists: KeyLists,
  presets: {
    readonly secrets: boolean;
    /** @defaultValue that of `secrets` */
    readonly likely?: boolean;
    readonly personal?: boolean;
    readonly identity: boolean;
  },
): KeyRules {
  const allow = entries(lists.allow ?? []);
  const chosen = entries(lists.block ?? []);
  const identity = entries(presets.identity ? identityNames : []);
  const block = [...chosen, ...identity];
  const harmless = entries(harmlessNames);
  const secret = entries(presets.secrets ? secretNames : []);
  const settings = entries(presets.secrets ? settingNames : []);
  const likely = entries(presets.secrets && presets.likely !== false ? likelyNames : []);
  const session = entries(presets.identity ? sessionNames : []);
  const password = entries(presets.secrets ? passwordNames : []);
  const code = entries(presets.secrets && presets.likely !== false ? codeNames : []);
  const personal = Object.entries(presets.personal === true ? personalNames : {}).map(
    ([kind, names]) => [kind as PersonalKind, entries(names)] as const,
  );
  const container = entries(presets.secrets ? containerNames : []);
  // `tokens` are looked at where a map or a list follows.
  const anchored = container.filter(({ segments }) => segments.at(-1) !== 'tokens');
  const persons = entries(presets.personal === true ? fieldNames : []);
  const compounds = entries(presets.personal === true ? compoundFieldNames : []);
  const rare = Object.entries(presets.personal === true ? rareFieldNames : {}).map(
    ([kind, names]) => [kind as PersonalKind, entries(names)] as const,
  );
  const personalContainers = Object.entries(presets.personal === true ? personContainers : {}).map(
    ([kind, names]) => [kind as PersonalKind, entries(names)] as const,
  );
  const usesPaths = [...allow, ...block].some((entry) => entry.segments.length > 1 || entry.below);
  const decisions = new BoundedMap<KeyDecision>(REMEMBERED);
  const insides = new BoundedMap<Inner | null>(REMEMBERED);

  // The last word: in nested maps the others stand elsewhere.
  const blockWords = block.map(({ segments }) => segments.at(-1) ?? '');
  const heads = headsOf([
    ...blockWords.map((word) => [word, ''] as const),
    ...[
      ...secret,
      ...password,
      ...likely,
      ...session,
      ...anchored,
      ...personalContainers.flatMap(([, list]) => list),
      ...personal.flatMap(([, list]) => list),
    ]
      .flatMap(({ segments }) => ['-', '', ' '].map((joint) => segments.join(joint)))
      .map(withoutCommonStart),
    ...[...persons, ...compounds]
      .flatMap(({ segments }) => ['-', ''].map((joint) => segments.join(joint)))
      .map(withoutFirstWord),
  ]);
  const endings = presets.secrets ? secretEndings : [];

  function decide(key: string): KeyDecision {
    const segments = keySegments(key);
    // `vendor_key` and not `vendor.key`: those are two names.
    const own = keySegments(key.slice(key.lastIndexOf('.') + 1));
    const ownWords = own.length;
    if (matches(allow, segments)) return 'allow';
    if (matches(chosen, segments) || (matches(identity, segments) && !isOfMachine(segments)))
      return 'block';
    if (matches(harmless, segments) || (ownWords > 1 && QUESTIONS.has(own[0]!))) return 'none';
    const end =
      segments.length > 1 && neutralEndings.has(segments.at(-1)!)
        ? segments.length - 1
        : segments.length;
    if (matches(secret, segments, end) || matches(settings, segments, end)) return 'secret';
    const last = segments[end - 1] ?? '';
    if (secret.length > 0 && secretEndings.some((ending) => last.endsWith(ending))) return 'secret';
    for (const [kind, list] of personal) if (matches(list, segments)) return kind;
    if (matches(persons, segments) || matches(compounds, own)) return 'person_name';
    for (const [kind, list] of rare) if (matches(list, segments)) return kind;
    if (matches(password, segments, end)) return 'password';
    if (matches(code, segments, end)) return 'code';
    if (matches(session, segments, end)) return 'session';
    if (likely.length > 0 && likelyEndings.some((ending) => last.endsWith(ending))) return 'likely';
    if (!matches(likely, segments, end, ownWords)) return 'none';
    return last === 'signature' ? 'signature' : 'likely';
  }

  function decideOnce(path: string): KeyDecision {
    const known = decisions.get(path);
    if (known !== undefined) return known;
    const decision = decide(path);
    decisions.set(path, decision);
    return decision;
  }

  /** `cookies` are those of a request, and `tokens` random, or the words of a text. */
  function inside(path: string): Inner | undefined {
    const decision = decideOnce(path);
    if (decision !== 'none') return innerOf(decision, path);
    const segments = keySegments(path);
    if (matches(allow, segments)) return undefined;
    for (const [kind, list] of personalContainers)
      if (matches(list, segments)) return innerOf(kind, path);
    const several = segments.at(-1) ?? '';
    if (several.endsWith('names')) {
      const kind = decideOnce(path.slice(0, -1));
      if (isPersonal(kind)) return innerOf(kind, path);
    }
    // `{ address: { line1: '…' } }`: an address by what is in it.
    if (personalContainers.length > 0 && segments.at(-1) === 'address') return ADDRESS;
    if (!matches(container, segments)) return undefined;
    return innerOf(segments.at(-1) === 'tokens' ? 'likely' : 'secret', path);
  }

  return {
    decide: decideOnce,
    isIdentity(path) {
      const segments = keySegments(path);
      return !matches(chosen, segments) && matches(identity, segments);
    },
    inside(path) {
      const known = insides.get(path);
      if (known !== undefined) return known ?? undefined;
      const inner = inside(path);
      insides.set(path, inner ?? null);
      return inner;
    },
    findsSecrets: presets.secrets,
    findsPersons: presets.personal === true,
    usesPaths,
    anchors: keyAnchors([...heads.keys(), ...endings], {
      heads,
      endings: new Set([...endings, ...likelyEndings]),
    }),
  };
}

/** `process.user.name`, `process.real_user.id`: accounts of the machine. */
function isOfMachine(segments: readonly string[]): boolean {
  return segments[0] === 'process';
}

function entries(names: readonly string[]): Entry[] {
  return names.map((name) => {
    const below = name.endsWith('.*');
    const after = name.startsWith('* ');
    return { segments: keySegments(below ? name.slice(0, -2) : name), below, after };
  });
}

function matches(
  list: readonly Entry[],
  segments: readonly string[],
  end: number = segments.length,
  ownWords: number = segments.length,
): boolean {
  return list.some(({ segments: entry, below, after }) => {
    if (after && ownWords <= entry.length) return false;
    if (!below) return endsWithSegments(segments, entry, end);
    for (let at = entry.length; at < end; at++)
      if (endsWithSegments(segments, entry, at)) return true;
    return false;
  });
}

/**
 * Starts of names that stand in many other words, where the pass would stop for nothing: `nation` in `information`,
 * `user` in every second key. The pass finds the rest of the name, and the whole is judged then.
 */
const COMMON_STARTS =
  /^(?:con(?=sumer|tra[sc])|natio(?=nal)|name[- ]?(?=on)|sto(?=repass)|re(?=covery)|b(?=ackup)|use(?=r[- ]?pass))/;

function withoutCommonStart(name: string): readonly [rest: string, head: string] {
  const [head = ''] = COMMON_STARTS.exec(name) ?? [];
  return [name.slice(head.length), head];
}

/** `r-name` of `customer-name`. */
function withoutFirstWord(name: string): readonly [rest: string, head: string] {
  const at = name.lastIndexOf('name') - (name.includes('-') ? 2 : 1);
  return [name.slice(at), name.slice(0, at)];
}

/** What each of the words was cut off from. */
function headsOf(words: readonly (readonly [rest: string, head: string])[]): Map<string, string[]> {
  const heads = new Map<string, string[]>();
  for (const [rest, head] of words) {
    const known = heads.get(rest);
    if (known === undefined) heads.set(rest, [head]);
    else if (!known.includes(head)) known.push(head);
  }
  return heads;
}

/** Whether the name has other meanings, so that only the value tells. */
export function isWeak(decision: KeyDecision): boolean {
  return (
    decision === 'likely' ||
    decision === 'signature' ||
    decision === 'code' ||
    decision === 'session'
  );
}

/** Whether the decision names a kind of personal data. */
export function isPersonal(decision: KeyDecision): decision is PersonalKind {
  return Object.hasOwn(personalNames, decision);
}

import { BoundedMap } from '../bounded-map.ts';
import { endsWithSegments, keySegments } from './key-segments.ts';
import {
  harmlessNames,
  identityNames,
  likelyNames,
  neutralEndings,
  secretEndings,
  secretNames,
} from './sensitive-names.ts';

/**
 * What a key says about its value. `allow`: leave it as it is. `block`: it goes, whole. `secret`: it goes, unless
 * it is empty, a truth value or a structure, which is looked into. `likely`: it goes when it looks random.
 * `none`: look at the value only.
 */
export type KeyDecision = 'allow' | 'block' | 'secret' | 'likely' | 'none';

export interface KeyLists {
  readonly block?: readonly string[] | undefined;
  readonly allow?: readonly string[] | undefined;
}

export interface KeyRules {
  /** `path` is the whole name: `customer.address.city` for a key `city` two maps down. */
  decide(path: string): KeyDecision;
  /** True when an entry has more than one word, so that the maps around a key matter. */
  readonly usesPaths: boolean;
  /** One of these, in any case and with `-` and `_` being the same, stands in every key that is not `none`. */
  readonly anchors: readonly KeyAnchor[];
}

export interface KeyAnchor {
  readonly text: string;
  /** Small letters that may follow within the same word: `o` for `auth`, because of `authorization`. */
  readonly continuations: string;
}

interface Entry {
  readonly segments: readonly string[];
  /** `customer.*`: everything below. */
  readonly below: boolean;
}

const REMEMBERED = 4096;

/** The rules of a policy. The built-in names apply when `secrets` is set. */
export function keyRules(
  lists: KeyLists,
  presets: { readonly secrets: boolean; readonly identity: boolean },
): KeyRules {
  const allow = entries(lists.allow ?? []);
  const block = entries([...(lists.block ?? []), ...(presets.identity ? identityNames : [])]);
  const harmless = entries(harmlessNames);
  const secret = entries(presets.secrets ? secretNames : []);
  const likely = entries(presets.secrets ? likelyNames : []);
  const usesPaths = [...allow, ...block].some((entry) => entry.segments.length > 1 || entry.below);
  const decisions = new BoundedMap<KeyDecision>(REMEMBERED);

  function decide(key: string): KeyDecision {
    const segments = keySegments(key);
    if (matches(allow, segments)) return 'allow';
    if (matches(block, segments)) return 'block';
    if (matches(harmless, segments)) return 'none';
    const end =
      segments.length > 1 && neutralEndings.has(segments.at(-1)!)
        ? segments.length - 1
        : segments.length;
    if (matches(secret, segments, end)) return 'secret';
    const last = segments[end - 1] ?? '';
    if (secret.length > 0 && secretEndings.some((ending) => last.endsWith(ending))) return 'secret';
    return matches(likely, segments, end) ? 'likely' : 'none';
  }

  return {
    decide(path) {
      const known = decisions.get(path);
      if (known !== undefined) return known;
      const decision = decide(path);
      decisions.set(path, decision);
      return decision;
    },
    usesPaths,
    anchors: keyAnchors([
      // The last word: in nested maps the others stand elsewhere.
      ...block.map(({ segments }) => segments.at(-1) ?? ''),
      ...[...secret, ...likely].flatMap(({ segments }) =>
        ['-', '', ' '].map((joint) => segments.join(joint)),
      ),
      ...(presets.secrets ? secretEndings : []),
    ]),
  };
}

function entries(names: readonly string[]): Entry[] {
  return names.map((name) => {
    const below = name.endsWith('.*');
    return { segments: keySegments(below ? name.slice(0, -2) : name), below };
  });
}

function matches(
  list: readonly Entry[],
  segments: readonly string[],
  end: number = segments.length,
): boolean {
  return list.some(({ segments: entry, below }) => {
    if (!below) return endsWithSegments(segments, entry, end);
    for (let at = entry.length; at < end; at++)
      if (endsWithSegments(segments, entry, at)) return true;
    return false;
  });
}

/** The words without those that contain another one, each with what may follow it in those. */
function keyAnchors(words: readonly string[]): KeyAnchor[] {
  const unique = [...new Set(words)].filter((word) => word.length >= 2);
  return unique
    .filter((word) => !unique.some((other) => other !== word && word.includes(other)))
    .map((text) => ({
      text,
      continuations: unique
        .flatMap((word) => word.split(text).slice(1))
        .map((rest) => rest.slice(0, 1))
        .join(''),
    }));
}

import type { KeyRules } from '../keys/key-rules.ts';
import { isRedacted } from '../detectors/placeholder-value.ts';
import type { ContentPolicy, RedactionPolicy } from '../policy/redaction-policy.ts';
import type { RedactionCounts } from '../redaction-counts.ts';
import { isMap } from '../value-shapes.ts';
import type { Content } from './content.ts';
import { replaceInJson } from './content-in-json.ts';
import { contentPolicyOf } from './content-policy.ts';
import { isToolSpan } from './is-tool-span.ts';
import { type Beside, besideIn, NestedContent } from './nested-content.ts';
import { withoutTools } from './without-tools.ts';

/** The kind of finding that content is which does not stay. */
const CONTENT = 'content';
const PLACEHOLDER = `[REDACTED:${CONTENT}]`;
/** A map of JSON, also in a string of JSON. */
const MAY_HOLD_JSON = /\{\s*\\{0,16}"/;

/** Says that a member goes, key and value. */
export const REMOVED: unique symbol = Symbol('removed');

export interface ContentRemovalParts {
  readonly keys: KeyRules;
  readonly isAllowed: (value: string) => boolean;
  /** Told of content that stays. */
  readonly sawContent: () => void;
  /** The replacement of the action `hash`. */
  readonly pseudonym: (kind: string, value: string) => string;
  readonly counts: RedactionCounts;
}

/** Takes out of values what a policy does not keep of conversations. */
export class ContentRemoval {
  /** True when the policy does not keep all of it: only then texts and maps are looked into. */
  readonly isActive: boolean;
  /** True when what is about tools does not stay, in messages that do neither. */
  readonly dropsTools: boolean;
  readonly #parts: ContentRemovalParts;
  readonly #policyOf: (content: Content, ofTool: boolean) => ContentPolicy;
  readonly #nested: NestedContent = new NestedContent();

  constructor(policy: RedactionPolicy, parts: ContentRemovalParts) {
    const { prompts = true, completions = true, tools } = policy;
    this.dropsTools = tools !== undefined && tools !== true;
    this.isActive = prompts !== true || completions !== true || this.dropsTools;
    this.#policyOf = contentPolicyOf(policy);
    this.#parts = parts;
  }

  /** What is left of content: the value itself when it stays whole. */
  left(value: unknown, content: Content, outermost: unknown): unknown {
    // Counts and flags, under a name that only looks like content.
    if (content.isGuess && typeof value !== 'string' && typeof value !== 'object') return value;
    const ofTool = content.isWhole && isMap(outermost) && isToolSpan(outermost);
    const policy = this.#policyOf(content, ofTool);
    if (policy === 'hash') return this.#pseudonym(value);
    if (policy) {
      this.#parts.sawContent();
      const kept = this.dropsTools && !content.isTool ? withoutTools(value) : value;
      if (kept !== value) this.#parts.counts.redacted(CONTENT, 'remove');
      return kept;
    }
    this.#parts.counts.redacted(CONTENT, 'remove');
    return REMOVED;
  }

  /** What the members of `map` say about each other. */
  beside(map: Readonly<Record<string, unknown>>, isInside: boolean): Beside {
    return besideIn(Object.keys(map), (name) => map[name], isInside);
  }

  /** What a member of a map holds, by the names around it and the members beside it. */
  nested(around: readonly string[], name: string, beside: Beside): Content | undefined {
    return this.#nested.of(around, name, beside);
  }

  /** The text without what the policy does not keep of JSON in it. `around`: the names it stands under. */
  text(value: string, around: readonly string[]): string {
    if (!this.isActive || !MAY_HOLD_JSON.test(value)) return value;
    return replaceInJson(value, around, (names, name, beside, member) => {
      const content = this.#nested.of(names, name, beside);
      if (content === undefined || member === '' || isRedacted(member)) return undefined;
      return this.#insteadOf(member, content, [...names, name].join('.'));
    });
  }

  #insteadOf(value: string, content: Content, path: string): string | undefined {
    if (content.isGuess && /^(?:-?\d[\d.eE+-]*|true|false|null)$/.test(value)) return undefined;
    const policy = this.#policyOf(content, false);
    if (policy === true || this.#parts.isAllowed(value)) return undefined;
    if (this.#parts.keys.decide(path) === 'allow') return undefined;
    this.#parts.counts.redacted(CONTENT, policy === 'hash' ? 'hash' : 'remove');
    return policy === 'hash' ? this.#parts.pseudonym(CONTENT, value) : PLACEHOLDER;
  }

  /** Whole content as one pseudonym, so that the same prompt can be counted and joined. */
  #pseudonym(value: unknown): unknown {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    if (text === '' || isRedacted(text)) return value;
    this.#parts.counts.redacted(CONTENT, 'hash');
    return this.#parts.pseudonym(CONTENT, text);
  }
}

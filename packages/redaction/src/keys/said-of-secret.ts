import { isStandIn } from './stand-in.ts';

const LONGEST = 160;
const WORD =
  /^(?:required|optional|invalid|incorrect|wrong|missing|expired|empty|blank|none|string|changed|updated|weak|mismatch|unauthorized|denied|rejected|[•●∙]+)[.!]?$/i;
/** `required|min:8|confirmed`, as Laravel has it. */
const RULES =
  /^(?:required|nullable|sometimes|string|filled|present|bail)(?:\|[a-z_]{2,32}(?::[\w,.]{1,32})?){0,8}$/;
/** What stands before a token in a header, alone: `"Bearer ".concat(token)`. */
const SCHEME = /^(?:(?:bearer|basic|token|digest|negotiate|apikey)\s+|Bearer)$/i;
/** `is required`, `must be at least 8 characters`, `Invalid password`. */
const PREDICATE =
  /^(?:is|was|must|should|can(?:not|'t)|may not|does(?: not|n't)|has|needs?|too|not|invalid|incorrect|wrong|missing|please|unknown|expected|expects) [a-z]/i;
/** `Password is required`, `This field may not be blank.` */
const SENTENCE =
  /^(?:(?:the|your|this|that|a|an) )?(?:[a-z_-]{1,16} )?(?:passwords?|passphrase|field|value|token|(?:api )?key|secret|credentials?)(?: field)? (?:is|are|was|must|should|can(?:not|'t)|may|does|doesn't|do|don't|has|needs|required|invalid|missing|expired)\b/i;

/**
 * Whether the value under the name of a secret is what a validation says of it and no secret: as a whole value, where any
 * other text may be one.
 */
export function isSaidOfSecret(text: string, from: number, to: number): boolean {
  if (to - from > LONGEST) return false;
  const value = text.slice(from, to);
  if (isStandIn(text, from, to)) return true;
  if (SCHEME.test(value)) return true;
  return RULES.test(value) || WORD.test(value) || PREDICATE.test(value) || SENTENCE.test(value);
}

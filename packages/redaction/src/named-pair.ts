import { isRedacted, startsAsPlaceholder } from './detectors/placeholder-value.ts';
import { isPersonal, type KeyDecision } from './keys/key-rules.ts';
import { isLikelySecret } from './engine/looks-random.ts';
import { looksLikePassword } from './keys/secret-value.ts';

/** Names of the two members of a list entry that is a pair: `{ "key": "password", "value": "…" }`. */
export const NAME_MEMBER: RegExp = /(?:^|\.)(?:key|name|field|header|parameter|variable|k)$/i;
export const VALUE_MEMBER: RegExp = /(?:^|\.)(?:value|val|v|default|content)$/i;
/** In a list of headers nothing else is called so. */
const HEADER = /^(?:set-)?cookie$|^(?:proxy-)?authorization$/i;
/** Longest text that is taken for a name. */
export const LONGEST_NAME = 128;

/**
 * Whether the value of such a pair goes. The name may as well be that of a column, a label or a test, so the value must
 * look like a secret.
 */
export function isNamedBeside(name: string, decision: KeyDecision, value: unknown): boolean {
  if (typeof value !== 'string' || decision === 'none' || isRedacted(value)) return false;
  if (decision === 'allow' || isPersonal(decision)) return false;
  // A placeholder with something beside it is nobody's text.
  if (decision === 'block' || HEADER.test(name) || startsAsPlaceholder(value)) return true;
  if (isLikelySecret(value, 0, value.length)) return true;
  return (
    decision !== 'likely' && decision !== 'signature' && looksLikePassword(value, 0, value.length)
  );
}

import { isRedacted, startsAsPlaceholder } from './detectors/placeholder-value.ts';
import { joined } from './keys/joined-path.ts';
import { isPersonal, type KeyDecision, type KeyRules } from './keys/key-rules.ts';
import { isPairedSecret } from './keys/paired-value.ts';
import { textOf } from './value-shapes.ts';

/** Names of the two members of a list entry that is a pair: `{ "key": "password", "value": "…" }`. */
export const NAME_MEMBER: RegExp =
  /(?:^|\.)(?:key|name|field|header|parameter|variable|k|(?:parameter|option|setting|variable)(?:key|name))$/i;
export const VALUE_MEMBER: RegExp =
  /(?:^|\.)(?:value|val|v|default|content|(?:parameter|option|setting|variable)value)$/i;
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
  return isPairedSecret(decision, value, 0, value.length);
}

/** The member of `{ key: 'password', value: '…' }` that goes. */
export function secretMemberOf(
  map: Readonly<Record<string, unknown>>,
  path: string,
  { keys, isAllowed }: { readonly keys: KeyRules; readonly isAllowed: (value: string) => boolean },
): string | undefined {
  const member = Object.keys(map).find((key) => VALUE_MEMBER.test(key));
  if (member === undefined) return undefined;
  for (const key of Object.keys(map)) {
    const name = NAME_MEMBER.test(key) ? map[key] : undefined;
    if (typeof name !== 'string' || name.length > LONGEST_NAME) continue;
    const decision = keys.decide(keys.usesPaths ? joined(path, name) : name);
    const text = textOf(map[member]);
    if (text !== undefined && isNamedBeside(name, decision, text) && !isAllowed(text))
      return member;
  }
  return undefined;
}

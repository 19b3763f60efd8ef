import { isLikelySecret } from '../engine/looks-random.ts';
import { keySegments } from '../keys/key-segments.ts';
import { namesSecret } from '../keys/no-password.ts';
import { looksLikePassword } from '../keys/secret-value.ts';

// What stands behind the name of a secret in code and is none.

const LONGEST_JUDGED = 64;
/** A variable or a member: `password`, `self.password`, `api_keys_1.APIKeys`, `!isBearerToken`. */
const VARIABLE = /^!{0,2}[A-Za-z_$][\w$]{0,40}(?:\??\.[A-Za-z_$][\w$]{0,40}){0,6}[!?]?$/;
const TYPE =
  /^(?:(?:Uint|Int|Float|Bigu?i?nt|BigUint)\d{1,2}(?:Clamped)?Array|[A-Z][A-Za-z\d]{2,32}(?:Array|Buffer|Client|Provider|Certificate|Credentials?|Config|Options|Type|String|Token|Key|Secret))$/;
const NUMBER = /^-?\d[\d.]*$/;
const TERNARY = /\?\s{0,4}\\{0,7}["'`]$/;
const LONGEST_NAME = 96;
const COMPARISON = 2;
const COMPARED = /^ ?[!=]==?/;
const IN_CODE =
  /(?:string|number|symbol|any|unknown|String|Long|UUID|int|null|undefined)\b(?!['"-])|[A-Za-z_$][\w$]{0,48}(?:\??\.[A-Za-z_$][\w$]{0,48}){0,4}\(|[A-Za-z_]\w{0,32}\.[A-Za-z_]\w{0,32}(?=\s+(?:WHERE|AND|OR|(?:LEFT |RIGHT |INNER |OUTER |CROSS )?JOIN|ORDER|GROUP|LIMIT|where|and|or|(?:left |inner )?join|order|group|limit)\b)|(?:exports|req|request|ctx|context|this|self|user|options|opts|config|params|props|session)\??\.[A-Za-z]/y;

/**
 * Whether a value without quotes behind a name with quotes goes: a number of JSON, and what looks like a secret. In a map of
 * Python or JavaScript anything else is a variable.
 */
export function isBareMember(text: string, from: number, to: number): boolean {
  const value = text.slice(from, Math.min(to, from + LONGEST_JUDGED));
  if (NUMBER.test(value)) return true;
  const next = text.charAt(to);
  if (next === '(' || next === '[') return false;
  if (isVariablePath(value)) return false;
  return looksLikePassword(text, from, to) || isLikelySecret(text, from, to);
}

/** `self.password`, `api_keys_1.APIKeys`, `config.key`: words, one of which names a secret or what holds it. */
export function isVariablePath(value: string): boolean {
  if (!VARIABLE.test(value)) return false;
  const hasParts = value.includes('.') || value.startsWith('!');
  const parts = value.split('.');
  if (parts.some((part) => isLikelySecret(part, 0, part.length))) return false;
  return hasParts ? /[A-Za-z]{3}/.test(value) && !/^\w+\.\d/.test(value) : namesSecret(value);
}

/** `Uint8Array`, `X509Certificate`: the type of a member. */
export function isTypeName(text: string, from: number, to: number): boolean {
  const code = text.charCodeAt(from);
  return (
    code >= 65 && code <= 90 && TYPE.test(text.slice(from, Math.min(to, from + LONGEST_JUDGED)))
  );
}

/** A comparison, the type of a member, a call, or a member of something: `userId: string`, `userId = getUser(request)`. */
export function isCode(text: string, keyEnd: number, from: number): boolean {
  if (isCompared(text, keyEnd, from)) return true;
  IN_CODE.lastIndex = from;
  return IN_CODE.test(text);
}

/** Whether a name ending at `keyEnd` is compared with what starts at `from`: `=== `, ` != `. */
export function isCompared(text: string, keyEnd: number, from: number): boolean {
  return from - keyEnd >= COMPARISON && COMPARED.test(text.slice(keyEnd, from));
}

/** `x ? 'password' : 'text'`: the name is one of two values. `start` is where it starts, behind its quote. */
export function isTernary(text: string, start: number): boolean {
  return TERNARY.test(text.slice(Math.max(0, start - 16), start));
}

/** `ACCESS_TOKEN = "access_token"`, `CONNECTION_STRING = "db.connection_string"`: what something is called. */
export function isOwnName(text: string, from: number, to: number, key: string): boolean {
  if (to - from > LONGEST_NAME) return false;
  const value = text.slice(from, to);
  if (!/^[A-Za-z][\w.-]*$/.test(value)) return false;
  const name = keySegments(key).join('');
  const said = keySegments(value).join('');
  return said === name || (said.length >= 5 && (name.endsWith(said) || said.endsWith(name)));
}

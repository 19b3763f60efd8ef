import { isStandIn } from '../keys/stand-in.ts';

const OWN = '[REDACTED';
/** One placeholder: of ours, with a pseudonym, an id of a vault or the last characters, or of others, without a kind. */
const PLACEHOLDER = /\[REDACTED(?::[a-z0-9_]{1,40}(?: [*#@][^\s[\]]{1,64})?)?\]/y;
const SAID = /[\p{L}\p{N}]/u;
/** What code reads from elsewhere. */
const REFERENCES = ['process.env', 'os.environ', 'import.meta'];
/** Where a secret is kept: `vault:secret/data/db#password`, `op://vault/item/field`. */
const KEPT =
  /(?:vault|bao|op|ssm|awssm|gcpsm|secretref|keyvault|ref\+[a-z\d]{1,24}):(?:\/\/|[\w-]{1,64}\/)/y;
/** Starts and ends of values that a template fills. */
const TEMPLATES = [
  ['${', '}'],
  ['$(', ')'],
  ['{{', '}}'],
  ['<', '>'],
  ['%(', ')'],
] as const;
/** What stands for a parameter in a statement: `?`, `$1`, `%s`, `:password`. */
const PARAMETER = /^(?:\?{1,2}|\$\d{1,2}|%s|:[a-z_]{1,32}|\{\d?\})$/i;
/** What stands before a token in a header. */
const SCHEME = /(?:bearer|basic|token|apikey|key) (?=[$<{%])/iy;
/** `$DB_PASSWORD`, `$env:PASSWORD`, `$password`, `%PASSWORD%`, `@@PASSWORD@@`, `#{password}`: variables of shells and templates. */
const VARIABLE =
  /^(?:\$(?:env:)?(?:[A-Z_][A-Z0-9_]*|[a-z_]+)|%\w+%|@@?\w+@@?|#\{.*|!(?:Ref|Sub|ENV|vault|env|secret|include)\b.*)$/s;
/** `[FILTERED]`, `(hidden by policy)`: what others put in place of a secret. Ours is told exactly. */
const MASKED =
  /^[[(<*]{1,3}(?:filtered|redacted|hidden|masked|removed|sensitive|scrubbed|secret|protected|omitted)(?:[\])>*]{0,3}|(?: [a-z]{1,12}){1,3}[\])>*]{1,3})$/i;
const LONGEST_VARIABLE = 64;
const LONGEST_TEMPLATE = 1024;
const LEAST_REPEATED = 3;
const LONGEST_PARAMETER = 33;
const LONGEST_SHOWN = 16;

/**
 * Whether the value was redacted before, and nothing else stands in it: once more would count it twice, or change it for
 * ever. A placeholder that is only a part of it may be anyone's.
 */
export function isRedacted(text: string, from: number = 0, to: number = text.length): boolean {
  if (!text.startsWith(OWN, from)) return false;
  let at = placeholderEnd(text, from);
  if (at < 0) return false;
  for (; at < to; at++) {
    const next = text.startsWith(OWN, at) ? placeholderEnd(text, at) : -1;
    if (next > at) at = next - 1;
    else if (SAID.test(text.charAt(at))) return false;
  }
  return at === to;
}

export function startsAsPlaceholder(text: string, from: number = 0): boolean {
  return text.startsWith(OWN, from);
}

/** Behind the placeholder that starts at `from`, or -1. */
export function placeholderEnd(text: string, from: number): number {
  PLACEHOLDER.lastIndex = from;
  return PLACEHOLDER.test(text) ? PLACEHOLDER.lastIndex : -1;
}

/** Whether the value is a placeholder, our own or that of a template: nothing to hide. */
export function isPlaceholder(text: string, from: number, to: number): boolean {
  // Each of them starts with a character of ASCII.
  if (text.charCodeAt(from) < 128 && isWritten(text, from, to)) return true;
  if (to - from < LEAST_REPEATED) return false;
  // `sk-…` and `sk-...`: cut for showing it.
  if (to - from < LONGEST_SHOWN && (text.startsWith('...', to - 3) || text[to - 1] === '…'))
    return true;
  // One character repeated: `****`, `xxxx`, `....`. `1111` and `aaaa` are what somebody typed.
  if (!isMask(text.charAt(from))) return false;
  const first = text.charCodeAt(from);
  for (let i = from + 1; i < to; i++) if (text.charCodeAt(i) !== first) return false;
  return true;
}

function isMask(character: string): boolean {
  return character === 'x' || character === 'X' || !SAID.test(character);
}

/** Whether it is one that was written as such. */
function isWritten(text: string, from: number, to: number): boolean {
  if (isRedacted(text, from, to) || isTemplate(text, from, to)) return true;
  const start = text.charAt(from);
  const isShort = to - from <= LONGEST_PARAMETER;
  if (isShort && '?$%:{'.includes(start) && PARAMETER.test(text.slice(from, to))) return true;
  if (to - from < LEAST_REPEATED) return false;
  SCHEME.lastIndex = from;
  if ('batkBATK'.includes(start) && SCHEME.test(text) && isPlaceholder(text, SCHEME.lastIndex, to))
    return true;
  if (
    '[(<*'.includes(start) &&
    !text.startsWith(OWN, from) &&
    to - from <= LONGEST_VARIABLE &&
    MASKED.test(text.slice(from, to))
  )
    return true;
  if ('$%@#!'.includes(start) && isVariable(text, from, to)) return true;
  return isStandIn(text, from, to);
}

function isVariable(text: string, from: number, to: number): boolean {
  return to - from <= LONGEST_VARIABLE && VARIABLE.test(text.slice(from, to));
}

function isTemplate(text: string, from: number, to: number): boolean {
  const start = text.charAt(from);
  KEPT.lastIndex = from;
  if ('vbosagkr'.includes(start) && KEPT.test(text)) return true;
  if ('poi'.includes(start))
    return REFERENCES.some((reference) => text.startsWith(reference, from));
  if (!'${<%'.includes(start)) return false;
  const template = TEMPLATES.find(([open]) => text.startsWith(open, from));
  if (template === undefined) return false;
  const [open, close] = template;
  // A value without quotes ends at the bracket.
  if (to - from <= open.length) return true;
  return text.slice(from, Math.min(to, from + LONGEST_TEMPLATE)).includes(close);
}

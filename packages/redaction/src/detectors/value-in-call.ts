import type { Scan } from '../engine/scan.ts';
import { isFieldLabel } from '../keys/field-label.ts';
import { behind } from './behind-pattern.ts';
import { nameStart } from './key-name.ts';
import { NO_VALUE, type ValueStart } from './value-start.ts';

const ARGUMENT = /,\s{0,24}[bu]?(?=\\{0,7}["'`])/y;
/** The second text of a list of two, which is no name: `[ 'Authorization', '…' ]`, a header. */
const LAST_ITEM =
  /\\{0,7}["'`](?![a-z_-]{1,64}\\{0,7}["'`])[^"'`\\\n]{1,256}\\{0,7}["'`]\s{0,4}\]/y;
const HEADER = /^(?:(?:proxy-)?authorization|(?:set-)?cookie|[\w]{1,32}-[\w-]{1,48})\\{0,7}["'`]/i;
/** `password`, `b"…"`: where the text of a setter starts. */
const SET_TEXT = /\(\s{0,24}(?:[bBuUrRN@]?(?=\\{0,7}["'`]))/y;
/** What the name of a call does with its argument: `setPassword`, `with_password`. Others read: `getPassword("name")`. */
const VERB =
  /^(?:set|with|update|change|put|verify|check|compare|hash|encrypt)(?![a-z])|^set(?=p|s)/;
/** What is called alone as a builder does: `.password("…")`. A cookie is asked for by name. */
const BUILT = /(?:passw(?:or)?d|passphrase|pwd|secret|token|key)$/i;
const BUILDER = /(?:\.|->|::)$/;
const READS =
  /^(?:get|read|fetch|load|find|is|has|require|forgot|reset|delete|remove|list|ask|prompt|show|generate|resolve)/i;
const LONGEST_TEXT = 64;

/** `setPassword("…")`, `.password("…")`, `PASSWORD('…')`: `open` is the bracket. */
export function asCall(scan: Scan, open: number, nameAnchor: number): ValueStart {
  const { text } = scan;
  const at = behind(SET_TEXT, scan, open);
  if (at < 0) return NO_VALUE;
  const start = nameStart(scan, nameAnchor);
  const whole = text.slice(start, open);
  const name = whole.slice(whole.lastIndexOf('.') + 1);
  const isBuilt =
    (name.length < whole.length || BUILDER.test(text.slice(Math.max(0, start - 2), start))) &&
    BUILT.test(name) &&
    !READS.test(name);
  const isSet = VERB.test(name.charAt(0).toLowerCase() + name.slice(1));
  // SQL
  const isFunction = /^(?:OLD_)?PASSWORD$/.test(name);
  return isSet || isBuilt || isFunction ? { at, manner: 'called' } : NO_VALUE;
}

/**
 * `setenv("NAME", "value")`: the second argument of a call whose first one is the name. `"--name", "value"` and
 * `["name", "value"]` in a list: an option, a pair.
 */
export function asArgument(scan: Scan, comma: number, nameAnchor: number): ValueStart {
  const start = nameStart(scan, nameAnchor);
  const at = behind(ARGUMENT, scan, comma);
  if (at < 0) return NO_VALUE;
  if (scan.text.startsWith('--', start)) return { at, manner: 'assigned' };
  const before = scan.text.slice(Math.max(0, start - 16), start);
  const bracket = /(.?)\( {0,2}[bu]?\\{0,7}["'`][#.]?$/s.exec(before);
  // A call sets it; a tuple is a pair, or a list of names.
  if (bracket !== null) {
    if (!/\w/.test(bracket[1]!)) return { at, manner: 'paired' };
    return isLabelled(scan, at, start) ? NO_VALUE : { at, manner: 'assigned' };
  }
  // The first pair of a list of pairs, or one behind another.
  if (/[[,]\s{0,8}\[\s{0,2}\\{0,7}["'`]$/.test(before)) return { at, manner: 'paired' };
  const isFirst = /\[\s{0,2}\\{0,7}["'`]$/.test(before);
  if (isFirst && HEADER.test(scan.text.slice(start, comma)) && behind(LAST_ITEM, scan, at) >= 0)
    return { at, manner: 'paired' };
  return isName(scan, at) ? NO_VALUE : { at, manner: 'beside' };
}

/** `t('password', 'Passwort')`: what a form calls the field. Names of variables are written in capitals. */
function isLabelled(scan: Scan, at: number, start: number): boolean {
  const [from, to] = quoted(scan, at);
  return (
    to > from && /[a-z]/.test(scan.text[start] ?? '') && isFieldLabel(scan.text.slice(from, to))
  );
}

/** Whether the text at `at` is itself the name of a member: `"check": "pass", "line1": …`. */
function isName(scan: Scan, at: number): boolean {
  const [, to] = quoted(scan, at);
  return to > 0 && /^\\{0,7}["'`]\s{0,2}:/.test(scan.text.slice(to, to + 12));
}

/** What stands between the quotes at `at`, when it is short. */
function quoted({ text }: Scan, at: number): readonly [from: number, to: number] {
  let from = at;
  while (text[from] === '\\') from++;
  const mark = text[from]!;
  for (let to = ++from; to < from + LONGEST_TEXT; to++) {
    if (text[to] !== mark) continue;
    const slashes = from - 1 - at;
    return [from, to - slashes];
  }
  return [-1, -1];
}

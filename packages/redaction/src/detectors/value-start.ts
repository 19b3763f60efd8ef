import { BASE62, DIGITS, EAST_ASIAN, isIn } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { behind } from './behind-pattern.ts';
import { afterSpaces, nameStart } from './key-name.ts';
import { phraseStart, saidStart } from './label-phrase.ts';
import { isDirective, isNetrc } from './setting-line.ts';
import { startsAsPlaceholder } from './placeholder-value.ts';
import { asArgument, asCall } from './value-in-call.ts';
import { asElement, asElementWithAttributes } from './value-in-element.ts';
import { columnStart, LEADER_DOTS } from './layout-column.ts';
import { arrowEnd, arrowOrWordEnd, fieldEnd, innerStart, typedStart } from './value-forms.ts';

/**
 * How a name is tied to its value. `assigned`: by an operator. `paired`: each stands in a place of its own, as in
 * `name="…" value="…"`. `called`: a call sets it. `said`: by "is". `beside`: they only stand next to each other, so that the value must look like a
 * secret.
 */
export type Manner = 'assigned' | 'paired' | 'called' | 'said' | 'beside';

export interface ValueStart {
  /** -1 when there is no value. */
  readonly at: number;
  readonly manner: Manner;
}

export const NO_VALUE: ValueStart = { at: -1, manner: 'assigned' };
/** How far a digit is looked for in what stands beside a name. */
const LONGEST_BESIDE = 64;

/** The rarer ways to give a name its value, tried at a name only. */
const MARKDOWN_OR_INDEX = /[)*\]_`]{1,3}(?:\[["']\w{1,32}["']\](?=\s?=))?/y;
const OPERATOR = /(?:\?\?|\|\||&&|[.+?]|:{1,2}:)=/y;
const TYPED =
  /(?::[ \t]{0,4}|[ \t]{1,4})(?:&?str|&'static str|string|String|char \*|const char ?\*)(?: \| None|\?)?[ \t]{0,4}=(?!=)/y;
/** `password: >-` and the value on the next line, as YAML has it. */
const BLOCK_SCALAR = /[|>][+-]?[ \t]{0,4}(?:\r?\n|\\n)[ \t]{1,32}/y;
const VALUE_LINE = /[ \t]{0,4}(?:\r?\n|\\n)[ \t]{0,32}value:/y;
const DUMPED = /\n\s{0,48}(?=string\(\d{1,4}\) ")/y;
/** In a form of several parts an empty line, in `.netrc` only a new one. */
const NEXT_LINE = /[ \t]{0,4}(?:\r?\n[\w-]{1,40}:[^\r\n]{0,80})?\r?\n\r?\n/y;
/** `"key": "password", "value": `, ` value=` of an element, `{ … default = `. Each part is bounded. */
const PAIRED =
  /(?:,?\s{0,24}(?:\\{0,7}["'])?\w{1,16}(?:\\{0,7}["'])?\s{0,4}[:=]\s{0,4}(?:\\{0,7}["'])?[\w.-]{0,32}(?:\\{0,7}["'])?){0,2}?,?\s{0,24}(?:\\{0,7}["'])?(?:value|val|content|text|default)(?:\\{0,7}["'])?\s{0,4}[:=]\s{0,4}/iy;
/** `PASSWORD '…'` of SQL. */
const QUOTED = /N?(?:'[^'\s]{1,128}'|"[^"\s]{1,128}")/y;
/** `SET PASSWORD FOR 'ada'@'%' = '…'` */
const FOR_ACCOUNT = / for ['"`][^=\n]{1,96}= ?(?=['"])/iy;
/** `"loc": ["body", "password"], "msg": "…", "input": `, from the quote behind the name. */
const REFUSED =
  /\s{0,4}\]?,[^{}]{0,160}?["'](?:input|received|(?:rejected|attempted|invalid)_?value)\\{0,7}["']\s{0,4}:\s{0,4}(?=\\{0,7}["'])/iy;
const FIELD_OF =
  /["'](?:loc|path|field|field_?name|property|property_?name|property_?path|param|attribute)\\{0,7}["']\s{0,4}:\s{0,4}(?:\[[^[\]{}]{0,96})?\\{0,7}["']$/i;
const LONGEST_FIELD = 140;
/** `token IN ('…'` of SQL. */
const IN_LIST = / (?:not )?in ?\( ?(?=N?['"])/iy;
const NAME_OF_PAIR = /\b(?:name|key):\s{1,4}$/i;
const BLOCK = /\s{0,4}\{[^{}]{0,160}?\bdefault\s{0,8}=\s{0,4}/y;
const NAME_ATTRIBUTE = /\b(?:name|key)\s{0,2}=\s{0,2}\\{0,7}["']$/i;
const NEXT_ELEMENT = /<\/(?:key|name)>\s{0,40}(?:<value>\s{0,40})?<(?:string|value)>(?=[^<\s])/iy;
/** `<td>API key</td><td><code>value`, `<dt>API key:</dt><dd>value` */
const NEXT_CELL =
  /:?\s{0,8}<\/(?:th|td|dt|strong|b|label|span)>\s{0,40}(?:<\/(?:td|th|dt)>\s{0,40})?<(?:td|dd|span|code|strong|b)(?:\s[^<>]{0,96})?>(?:\s{0,40}<(?:code|b|pre|span|strong|kbd|tt|p)(?:\s[^<>]{0,96})?>){0,3}\s{0,40}(?=[^<\s])/iy;
const ELEMENT = /[^<>"'\n]{0,48}>(?=[^<>\s])/y;

export function assigned(at: number): ValueStart {
  return { at, manner: 'assigned' };
}

/** Where the value starts that belongs to a name ending at `nameStop`, with its quote at `index`. */
export function valueStart(
  scan: Scan,
  nameStop: number,
  index: number,
  nameAnchor: number,
): ValueStart {
  const { text } = scan;
  const code = text.charCodeAt(index);
  // Nearly all names that are no assignment: a letter, a full stop or a comma goes on.
  let stop = index;
  const typedInto = code === 41 || code === 93 ? typedStart(scan, index, nameAnchor) : -1;
  if (typedInto >= 0) return { at: typedInto, manner: 'paired' };
  // Behind a quote, or `user[password]`: otherwise a bracket may be that of a placeholder.
  const closes =
    (code === 41 || code === 93) &&
    (index > nameStop ||
      isIndex(scan, nameAnchor) ||
      text.startsWith('] => ', index) ||
      isBracketed(scan, index, nameAnchor));
  if (closes || code === 42 || code === 95 || code === 96) {
    const after = behind(MARKDOWN_OR_INDEX, scan, index);
    if (after >= 0) stop = after;
  }
  let at = afterSpaces(scan, stop);
  const separator = text[at];
  if (separator === '=' || separator === ':' || separator === '：') {
    const typed = at > stop || separator === ':' ? behind(TYPED, scan, stop) : -1;
    if (typed >= 0) return assigned(afterSpaces(scan, typed));
    const operator = separator === ':' ? behind(OPERATOR, scan, at) : -1;
    if (operator >= 0) return assigned(afterSpaces(scan, operator));
    at++;
    // `:=`, `==`, `===`, `=>`; but `::` joins names.
    if (text[at] === '=' || (separator === '=' && text[at] === '>')) at++;
    if (text[at] === '=' && text[at - 1] === '=' && separator === '=') at++;
    else if (text[at] === ':') {
      // `userPassword:: …` of LDIF is base64.
      if (text[at + 1] !== ' ' || at > stop + 1) return NO_VALUE;
      at++;
    }
    // `**name:** value`
    if (text[at] === '*' && text[at + 1] === '*') at += 2;
    let value = afterSpaces(scan, at);
    // `(password) = ('…')`
    if (text[value] === '(' && code === 41 && `"'`.includes(text.charAt(value + 1) || ' ')) value++;
    if (text[value] === '<') {
      const cell = behind(NEXT_CELL, scan, stop);
      if (cell >= 0) return { at: cell, manner: 'beside' };
    }
    // What `var_dump` of PHP prints stands on the next line.
    const dumped = text[value] === '\n' ? behind(DUMPED, scan, value) : -1;
    if (dumped >= 0) return assigned(dumped);
    const inner = innerStart(scan, value);
    if (inner >= 0) return { at: inner, manner: 'paired' };
    const mayBeBlock = text[value] === '|' || text[value] === '>';
    const block = mayBeBlock ? behind(BLOCK_SCALAR, scan, value) : -1;
    return assigned(block < 0 ? value : block);
  }
  if (separator === '<' && at === index) {
    // `<key>Password</key><string>`, `<name>password</name><value>`
    const next = behind(NEXT_ELEMENT, scan, at);
    if (next >= 0) return { at: next, manner: 'paired' };
    return { at: behind(NEXT_CELL, scan, at), manner: 'beside' };
  }
  if (separator === '>' && at === nameStop) return asElement(scan, at + 1, nameAnchor);
  if (index > nameStop) {
    const paired = asPair(scan, index, nameAnchor);
    if (paired.at >= 0) return paired;
    if (separator === ',' && at === index) return asArgument(scan, at, nameAnchor);
  }
  return unusualStart(scan, index, stop, at, nameAnchor);
}

/** Whether the name is an index: `user[password]`. */
function isIndex(scan: Scan, nameAnchor: number): boolean {
  const start = nameStart(scan, nameAnchor);
  return scan.text[start - 1] === '[' && scan.is(BASE62, start - 2);
}

/** `(password) =` of SQL. */
function isBracketed(scan: Scan, index: number, nameAnchor: number): boolean {
  if (!scan.text.startsWith(') =', index)) return false;
  return scan.text[nameStart(scan, nameAnchor) - 1] === '(';
}

/** The name is a value itself, and the one next to it has a name that says so. `index` is behind its quote. */
function asPair(scan: Scan, index: number, nameAnchor: number): ValueStart {
  const { text } = scan;
  const code = scan.code(index);
  let at = -1;
  if (code === 44 || code === 32 || code === 10 || code === 13) at = behind(PAIRED, scan, index);
  if (at < 0 && (code === 44 || code === 93 || code === 32))
    at = refusedValue(scan, index, nameAnchor);
  if (at >= 0 && isEndOfPath(scan, nameAnchor)) return { at: -1, manner: 'paired' };
  if (at < 0 && (code === 32 || code === 123)) at = behind(BLOCK, scan, index);
  if (at < 0 && (code === 62 || code === 32)) {
    at = behind(ELEMENT, scan, index);
    const start = at < 0 ? 0 : nameStart(scan, nameAnchor);
    // `for="password">Password` is a label.
    if (at >= 0 && !NAME_ATTRIBUTE.test(text.slice(Math.max(0, start - 16), start)))
      return { at, manner: 'beside' };
  }
  if (at < 0 && (code === 10 || code === 13)) at = behind(NEXT_LINE, scan, index);
  return { at, manner: 'paired' };
}

/** The value that a validation refused, behind the name of its field. */
function refusedValue(scan: Scan, index: number, nameAnchor: number): number {
  const start = nameStart(scan, nameAnchor);
  scan.work += LONGEST_FIELD;
  const isField = FIELD_OF.test(scan.text.slice(Math.max(0, start - LONGEST_FIELD), start));
  return isField ? behind(REFUSED, scan, index) : -1;
}

/** `"/oauth/token"`, where a server answers, and not `"/password"`, which points into a document. */
function isEndOfPath(scan: Scan, nameAnchor: number): boolean {
  const start = nameStart(scan, nameAnchor);
  return scan.text[start - 1] === '/' && !'"\''.includes(scan.text.charAt(start - 2) || ' ');
}

function unusualStart(
  scan: Scan,
  index: number,
  stop: number,
  at: number,
  nameAnchor: number,
): ValueStart {
  const { text } = scan;
  const mayBeValue = isArgument(scan, at) || startsAsPlaceholder(text, at);
  if (at > index && mayBeValue && isFlag(scan, nameAnchor)) return assigned(at);
  switch (text[at]) {
    case '.': {
      const dots = behind(LEADER_DOTS, scan, at);
      if (dots >= 0) return assigned(dots);
      const operator = behind(OPERATOR, scan, at);
      return assigned(operator < 0 ? -1 : afterSpaces(scan, operator));
    }
    case '?':
    case '|':
    case '+':
    case '&': {
      const operator = behind(OPERATOR, scan, at);
      return assigned(operator < 0 ? -1 : afterSpaces(scan, operator));
    }
    // `{ name: DB_PASSWORD, value: … }`
    case ',': {
      const start = nameStart(scan, nameAnchor);
      const isNamed = NAME_OF_PAIR.test(text.slice(Math.max(0, start - 16), start));
      return { at: isNamed ? behind(PAIRED, scan, at) : -1, manner: 'paired' };
    }
    case '\n':
    case '\r':
    case '\\': {
      const line = behind(VALUE_LINE, scan, stop);
      return { at: line < 0 ? -1 : afterSpaces(scan, line), manner: 'paired' };
    }
    case '(': {
      if (at > stop) return { at: phraseStart(scan, stop), manner: 'said' };
      const called = asCall(scan, at, nameAnchor);
      if (called.at >= 0 || called.manner === 'called') return called;
      return '"\''.includes(text.charAt(at + 1)) && hasDigit(scan, at + 2)
        ? { at: at + 1, manner: 'beside' }
        : { at: phraseStart(scan, stop), manner: 'said' };
    }
    default: {
      if (at === stop && scan.code(at) < EAST_ASIAN) return NO_VALUE;
      if (scan.nextOf('<', 0) < nameAnchor) {
        const element = asElementWithAttributes(scan, stop, nameAnchor);
        if (element >= 0) return assigned(element);
      }
      const typed = behind(TYPED, scan, stop);
      if (typed >= 0) return assigned(afterSpaces(scan, typed));
      const said = saidStart(scan, stop);
      if (said >= 0) return { at: said, manner: 'said' };
      const first = text[at]!;
      const arrow = first === '-' ? arrowEnd(scan, at) : -1;
      if (arrow >= 0) return { at: arrow, manner: 'paired' };
      const list = 'inIN'.includes(first) ? behind(IN_LIST, scan, stop) : -1;
      if (list >= 0) return { at: list, manner: 'paired' };
      const column = columnStart(scan, index, at, nameAnchor);
      if (column >= 0) return { at: column, manner: 'paired' };
      const word = '-→⇒vsm'.includes(first) ? arrowOrWordEnd(scan, stop) : -1;
      if (word >= 0) return { at: word, manner: 'beside' };
      const field = 'tfib'.includes(first) && index === stop ? fieldEnd(scan, stop) : -1;
      if (field >= 0) return { at: behind(PAIRED, scan, field), manner: 'paired' };
      const isQuote = `"'N`.includes(first);
      if (isQuote && index === stop && behind(QUOTED, scan, at) >= 0)
        return { at, manner: 'paired' };
      const account = 'fF'.includes(first) ? behind(FOR_ACCOUNT, scan, stop) : -1;
      if (account >= 0) return assigned(account);
      if (isDirective(scan, nameAnchor) || isNetrc(scan, nameAnchor))
        return { at, manner: 'paired' };
      return hasDigit(scan, at) ? { at, manner: 'beside' } : NO_VALUE;
    }
  }
}

/** Most that stands behind a name is a word: this spares them the rest. */
function hasDigit(scan: Scan, from: number): boolean {
  const { text } = scan;
  let at = from;
  for (; at < from + LONGEST_BESIDE; at++) {
    const code = text.charCodeAt(at);
    if (isIn(DIGITS, code)) break;
    if (!(code > 32 && code < EAST_ASIAN)) break;
  }
  scan.work += at - from;
  return isIn(DIGITS, scan.code(at));
}

/** Whether what follows an option can be its value, and not the next option or a part of a manual. */
function isArgument(scan: Scan, at: number): boolean {
  return (
    scan.code(at) >= 0xc0 ||
    isIn(BASE62, scan.code(at)) ||
    `"'!@#%^+/_`.includes(scan.text.charAt(at) || '-')
  );
}

function isFlag(scan: Scan, anchor: number): boolean {
  const start = nameStart(scan, anchor);
  if (scan.text.startsWith('--', start)) return true;
  // `-Password word`, as PowerShell and Go have it.
  return scan.text[start] === '-' && (start === 0 || /\s/.test(scan.text[start - 1]!));
}

import { BASE62, isIn } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { bareEnd } from './bare-end.ts';

/**
 * What a name and its value are written in, as far as what stands around them tells. It says where a value without
 * quotes ends, and whether a plain word is one: in `code` it is a variable.
 *
 * - `query`: `?name=value&…`, and bodies of forms
 * - `option`: `--name value`, `-Dname=value`
 * - `environment`: `NAME=value`
 * - `connection`: `name=value;name=value`
 * - `pairs`: `name=value name=value`
 * - `line`: `name: value` or `name = value`, alone on its line
 * - `property`: the same with a name of several parts, `a.b.name = value with spaces`
 */
export type ValueSyntax =
  | 'query'
  | 'option'
  | 'environment'
  | 'connection'
  | 'pairs'
  | 'line'
  | 'property'
  | 'code';

/** How far the neighbours are looked for. Streams wait for more than this. */
const REACH = 160;
const ENVIRONMENT = /^(?:[A-Z][A-Z0-9_]*|[A-Z][A-Z0-9]*_\w+)$/;
/** What follows a value that is one of several. */
const NEXT_PARAMETER = /&(?:amp;)?[\w.%[\]-]{1,48}=/y;
const NEXT_SETTING = /; {0,2}[A-Za-z][\w .-]{0,40}=[^=]/y;
const BRACED = /\{(?:[^{}]|\}\}){0,128}\}(?=;)/y;
/** The rest of a value with spaces in it. */
const SPACED = / [^;="'`\r\n{}()]{0,64}(?=;)/y;
/** What stands before a name, up to it. */
const SETTING_BEFORE = /[A-Za-z][\w .-]{0,40}=[^=;\r\n]{0,128}; {0,2}$/;
const PASS_ARGUMENT = /(?:^|\s)-pass(?:in|out)? $/;
/** `/p:Password=word`, as MSBuild takes its properties. */
const PROPERTY_ARGUMENT = /(?:^|\s)[-/]{1,2}p(?:roperty)?:$/i;
const LINE_START =
  /(?:^|[\r\n]|\\[nr])[ \t]{0,32}(?:\d{1,6}(?:[:|\t→]|\\t| [|│])[ \t]{0,32})?(?:[-*+<>] |export |set |setx |env |declare -x |\$env:|\/\/[\w.:/-]{1,64}:)?$/i;
const PAIR_BEFORE = /(?:^|[\s{([,|"'])([A-Za-z][\w.-]{0,40})[=:]([^\s=:"'`(){}]{1,64}?)[,;]? ?$/;
/** What follows a value in a list of PHP that stands on one line. */
const PRINTED = /\s{1,4}(?:\)|\[\w{1,32}\] =>)/y;
/** `Login: ada, Passwort: word`, and no object in code. */
const USER_BEFORE =
  /(?:^|\n)[^\n{}()[\]"'`=]{0,96}\b(?:user(?:name| id)?|login|benutzer(?:name)?|usuario|utilisateur|identifiant|utente|gebruiker|konto|account|e-?mail)\s?: {1,2}[^\s,;:{}()'"`]{1,64} ?[,;/|] ?$/i;
const PAIR_BEHIND = /(?:, ?| )[A-Za-z][\w.-]{0,40}[=:][^\s=]/y;

/** `keyEnd` is where the name ends, `from` where its value starts. */
export function valueSyntax(
  scan: Scan,
  keyStart: number,
  keyEnd: number,
  from: number,
): ValueSyntax {
  const { text } = scan;
  const isTight = keyEnd + 1 === from;
  const isEqual = text[keyEnd] === '=';
  const before = text[keyStart - 1];
  const stop = bareEnd(scan, from);
  // `--color-key: red` is CSS.
  if (text[keyStart] === '-' && (isEqual || text[keyEnd] === ' ')) return 'option';
  // `/password:value`, as programs of Windows take it.
  if (before === '/' && isTight && text[keyStart - 2] === ' ') return 'option';
  if (isTight && isEqual) {
    if (before === '?' || before === '&') return 'query';
    if (before === ';' && text.startsWith('&amp;', keyStart - 5)) return 'query';
    if (text[stop] === '&' && matchesAt(NEXT_PARAMETER, text, stop)) return 'query';
  }
  // `-var "db_password=word"`: a setting and nothing else between two quotes.
  if (isTight && isEqual && before !== undefined && `"'`.includes(before) && text[stop] === before)
    return 'environment';
  // `-H 'X-Api-Key: word'`
  if (
    text[keyEnd] === ':' &&
    before !== undefined &&
    `"'`.includes(before) &&
    text[stop] === before
  )
    return 'environment';
  // `[password] => word`, as PHP prints it.
  if (before === '[' && text.startsWith('] => ', keyEnd))
    return matchesAt(PRINTED, text, stop) ? 'pairs' : 'line';
  // `-passin pass:word`
  if (
    isTight &&
    before === ' ' &&
    PASS_ARGUMENT.test(text.slice(Math.max(0, keyStart - 12), keyStart))
  )
    return 'option';
  if (
    isTight &&
    before === ':' &&
    'pPyY'.includes(text.charAt(keyStart - 2)) &&
    PROPERTY_ARGUMENT.test(text.slice(Math.max(0, keyStart - 12), keyStart))
  )
    return 'option';
  // Nothing of what follows stands behind such a character.
  const mayFollow =
    before === undefined || (code(before) < 128 && ' \t\r\n,;:"\'nr'.includes(before));
  const head = mayFollow ? text.slice(Math.max(0, keyStart - REACH), keyStart) : undefined;
  if (head !== undefined) scan.work += REACH;
  if (isEqual) {
    if (head?.trimEnd().endsWith(';') && SETTING_BEFORE.test(head)) return 'connection';
    if (isTight && goesOn(text, from, stop)) return 'connection';
    if (isTight && ENVIRONMENT.test(text.slice(keyStart, keyEnd)) && !isIn(BASE62, code(before)))
      return 'environment';
  }
  if (head !== undefined && LINE_START.test(head))
    return isProperty(text.slice(keyStart, keyEnd)) ? 'property' : 'line';
  const isPair = isTight && (isEqual || text[keyEnd] === ':');
  if (isPair && hasNeighbour(head, text, stop)) return 'pairs';
  if (head !== undefined && USER_BEFORE.test(head)) return 'pairs';
  // `headers: X-Api-Key: word, …`: in code nothing is called so.
  const isTied = text[keyEnd] === ':' || text.startsWith(' :', keyEnd);
  return isTied && isHeader(text.slice(keyStart, keyEnd)) ? 'pairs' : 'code';
}

/** `X-Api-Key`, and no option. */
export function isHeader(name: string): boolean {
  return name.indexOf('-') > 0;
}

/** Whether a next setting follows the value. */
function goesOn(text: string, from: number, stop: number): boolean {
  let end = text[from] === '{' && matchesAt(BRACED, text, from) ? BRACED.lastIndex : stop;
  if (text[end] === ' ' && matchesAt(SPACED, text, end)) end = SPACED.lastIndex;
  return text[end] === ';' && matchesAt(NEXT_SETTING, text, end);
}

/** A pair next to this one. `user=user` is an argument of a call, where the values are variables. */
function hasNeighbour(head: string | undefined, text: string, stop: number): boolean {
  const isLast = head === undefined || !' ,;'.includes(head.at(-1) ?? '-');
  const [, name, value] = (isLast ? undefined : PAIR_BEFORE.exec(head)) ?? [];
  return name === undefined ? matchesAt(PAIR_BEHIND, text, stop) : name !== value;
}

/** `spring.datasource.password`: in code a name with dots has capitals in it, or starts with `this`. */
function isProperty(name: string): boolean {
  return /^(?!this\.|self\.|req\.|ctx\.|args\.|opts\.|options\.|config\.|user\.)[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/.test(
    name,
  );
}

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function code(character: string | undefined): number {
  return character === undefined ? Number.NaN : character.charCodeAt(0);
}

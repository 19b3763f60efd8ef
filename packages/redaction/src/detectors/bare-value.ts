import { isIn, isSpace, LETTERS, UPPER, WHITESPACE } from '../engine/characters.ts';
import { isLikelySecret, isNoWord } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import type { KeyDecision } from '../keys/key-rules.ts';
import { isEmptyValue, isNoPassword, namesSecret } from '../keys/no-password.ts';
import { isOptionValue } from '../keys/option-value.ts';
import { isPublicValue } from '../keys/public-value.ts';
import { isSecretValue, looksLikePassword } from '../keys/secret-value.ts';
import { isBareMember, isTypeName, isVariablePath } from './code-value.ts';
import type { Name } from './sensitive-key.ts';
import { blockedFieldEnd } from './blocked-field.ts';
import { isPlaceholder } from './placeholder-value.ts';
import { bareEnd } from './bare-end.ts';
import { valueEnd } from './value-end.ts';
import { type ValueSyntax, valueSyntax } from './value-syntax.ts';

const LEAST = 3;
const LEAST_IN_CODE = 4;
const LEAST_WORD_IN_CODE = 8;
const LEAST_LETTERS = 10;
const LONGEST_JUDGED = 64;
/** `Get-Secret x`: a command, of which the value is what it gives back. */
const COMMANDLET = /^(?:ConvertTo|Get|Read|New|Import|Select|Invoke|Unprotect)-[A-Z]/;
/** What may stand in `-passin pass:word` and in `/pass:word`. */
const PASS = /^pass$/i;
/** `PWD`, which a shell sets: the folder, and no password. */
const FOLDER = /^(?:OLD)?PWD$/i;
const PATH = /^(?:[/~]|[A-Za-z]:\\)/;
/** `{password}`, `{0}`: a place in a template. */
const BRACED_NAME = /^\{\w*\}$/;
const WORD = /^\p{L}+$/u;
/** `userName`, `user_name`, `user.name`: what code and settings call something. */
const IDENTIFIER = /[a-z][A-Z]|[._]/;
const SECTION = /(?:^|\n)[ \t]{0,8}\[[\w "'.:-]{1,64}\]+[ \t]{0,8}(?:[#;][^\n]{0,80})?\r?\n/;
const LONGEST_SECTION = 400;
const USER_BEFORE = /\buser(?:name)?=[^\s,=]{1,48},$/;
const LONGEST_LETTERS = 32;
const COMPARED = /[=!]==?\s*$/;
const LEAST_COMPARED = 2;
const BRACE = 123;
const HYPHEN = 45;
const LONGEST_FOLDER = 'OLDPWD'.length;

/** A value with quotes around it, or that is a member of a map: any text may be a password. */
export function isQuotedSecret(
  text: string,
  from: number,
  to: number,
  decision: KeyDecision,
): boolean {
  if (from >= to || isPlaceholder(text, from, to)) return false;
  if (!isSecretValue(decision, text, from, to)) return false;
  return decision !== 'secret' || !isEmptyValue(text, from, to);
}

/** Where the value without quotes at `from` ends, or -1 when it is none that goes. */
export function bareSecretEnd(scan: Scan, from: number, name: Name): number {
  const { text } = scan;
  // A name that the user blocks, the content of an element, a number in JSON: nothing suggests code.
  if (name.decision === 'block' || isContent(scan, from) || name.quote !== '') {
    const isField = name.decision === 'block' && name.quote === '';
    const to = isField ? blockedFieldEnd(scan, from, name.key) : bareEnd(scan, from);
    if (isMember(scan, from, name) && !isBareMember(text, from, to)) return -1;
    return isQuotedSecret(text, from, to, name.decision) ? to : -1;
  }
  if (isHarmless(scan, from, name)) return -1;
  const syntax = valueSyntax(scan, name.start, name.end, from);
  // `PWD={let;me;in};`, and otherwise a structure.
  if ('{['.includes(text.charAt(from)) && syntax !== 'connection') return -1;
  const to = valueEnd(scan, from, syntax);
  return isBareSecret(scan, from, to, name, syntax) ? to : -1;
}

/** `"password": word`: a member of a map in code, or a number in JSON. */
function isMember({ text }: Scan, from: number, name: Name): boolean {
  return name.quote !== '' && name.decision !== 'block' && text[from - 1] !== '=';
}

/** Whether the value is what an element holds. */
function isContent({ text }: Scan, from: number): boolean {
  let at = from;
  while (at > from - LONGEST_JUDGED && isSpace(text.charCodeAt(at - 1))) at--;
  return text[at - 1] === '>' && text[at - 2] !== '=' && text[at - 2] !== '-';
}

/** Most values behind a name with other meanings: this spares them the rest. */
function isHarmless(scan: Scan, from: number, { decision, key }: Name): boolean {
  if (
    decision === 'secret' ||
    key.startsWith('-') ||
    PASS.test(key) ||
    /^[A-Z][A-Z0-9_]*$/.test(key)
  )
    return false;
  return !isSecretValue(decision, scan.text, from, bareEnd(scan, from));
}

/** In code what has no quotes may as well be a variable, a type or a call. */
function isBareSecret(
  scan: Scan,
  from: number,
  to: number,
  name: Name,
  syntax: ValueSyntax,
): boolean {
  const { text } = scan;
  if (to - from < (syntax === 'code' ? LEAST_IN_CODE : LEAST)) return false;
  if (isPlaceholder(text, from, to) || isNoPassword(text, from, to)) return false;
  if (isPublicValue(text, from)) return false;
  const first = text.charCodeAt(from);
  if (syntax === 'option' && first === HYPHEN) return false;
  if (isTypeName(text, from, to) && text[name.end] === ':') return false;
  const mayBeCode = syntax === 'code' || syntax === 'line' || syntax === 'pairs';
  if (mayBeCode && isMemberOfCode(text, from, to)) return false;
  if (name.decision !== 'secret') return isWeaklyNamed(text, from, to, name, syntax);
  if (first === BRACE && BRACED_NAME.test(judgedPart(text, from, to))) return false;
  if (isIn(UPPER, first) && COMMANDLET.test(judgedPart(text, from, to))) return false;
  const isFolder = name.key.length <= LONGEST_FOLDER && FOLDER.test(name.key);
  if (isFolder && PATH.test(judgedPart(text, from, to))) return false;
  if (from - name.end >= LEAST_COMPARED && COMPARED.test(text.slice(name.end, from)))
    return looksLikePassword(text, from, to) || isLikelySecret(text, from, to);
  const wordEnd = endOfLetters(scan, from, to);
  if (text.startsWith('://', wordEnd)) return false;
  if (wordEnd < to) return text[wordEnd] !== '(';
  if (to - from >= LEAST_LETTERS && hasLetter(scan, from, to) && isNoWord(text, from, to))
    return true;
  if (syntax === 'code') return isWordInCode(text, from, to);
  return isWordInSettings(scan, from, to, name, syntax);
}

/** `config.apiKey`, `!isBearerToken` */
function isMemberOfCode(text: string, from: number, to: number): boolean {
  const value = judgedPart(text, from, to);
  return (value.includes('.') || value.startsWith('!')) && isVariablePath(value);
}

/** Whether a letter of ASCII is among what is judged. Where none is for long, that is remembered. */
function hasLetter(scan: Scan, from: number, to: number): boolean {
  return scan.runUntil(LETTERS, from) < Math.min(to, from + LONGEST_JUDGED);
}

function judgedPart(text: string, from: number, to: number): string {
  return text.slice(from, Math.min(to, from + LONGEST_JUDGED));
}

/** `--token a1b2`, `TOKEN=a1b2`: these names have other meanings, but not with such a value. */
function isWeaklyNamed(
  text: string,
  from: number,
  to: number,
  { decision, start }: Name,
  syntax: ValueSyntax,
): boolean {
  if (syntax === 'option') return isOptionValue(decision, text, from, to);
  // `?user=ada&pass=word`, `Uid=ada;Pass=word`: where it can only be one. Elsewhere tests pass and others fail.
  const isCredential = syntax === 'query' || syntax === 'connection' || isBehindUser(text, start);
  if (
    decision === 'password' &&
    isCredential &&
    /[A-Za-z]/.test(text.slice(from, from + LONGEST_JUDGED))
  )
    return true;
  if (isSecretValue(decision, text, from, to)) return true;
  return syntax === 'environment' && looksLikePassword(text, from, to);
}

/** `user=ada,pass=word`, as options of a mount. */
function isBehindUser(text: string, start: number): boolean {
  return (
    text[start - 1] === ',' &&
    USER_BEFORE.test(text.slice(Math.max(0, start - LONGEST_JUDGED), start))
  );
}

/** Only letters, in code: a word behind `=` without spaces, unless code goes on behind it. */
function isWordInCode(text: string, from: number, to: number): boolean {
  const next = text[to];
  return (
    to - from >= LEAST_WORD_IN_CODE &&
    text[from - 1] === '=' &&
    (next === undefined || '&\\"'.includes(next) || next.trim() === '') &&
    !namesSecret(judgedPart(text, from, to))
  );
}

/** Only letters, in settings: a password that is a word, unless it looks like code after all. */
function isWordInSettings(
  scan: Scan,
  from: number,
  to: number,
  name: Name,
  syntax: ValueSyntax,
): boolean {
  const { text } = scan;
  const value = judgedPart(text, from, to);
  const isIdentifier = IDENTIFIER.test(value);
  if (syntax === 'pairs' || syntax === 'line') {
    if (namesSecret(value) || isIdentifier) return false;
  } else if (isIdentifier && namesSecret(value)) return false;
  if (syntax === 'property') return !/\s/.test(value);
  if (syntax !== 'line') return text[to] !== '(' && text[to] !== '[';
  if (!WORD.test(value) || !isLineEnd(scan, to)) return false;
  // `password = word` is a statement in code as well.
  return text[from - 1] !== ' ' || text[name.end] !== ' ' || isInSection(text, name.start);
}

/** Whether a `[section]` of an INI or TOML file starts not far above. */
function isInSection(text: string, at: number): boolean {
  return SECTION.test(text.slice(Math.max(0, at - LONGEST_SECTION), at));
}

/** Whether nothing but a comment follows on the line. */
function isLineEnd(scan: Scan, from: number): boolean {
  let at = from;
  while (at < from + LONGEST_JUDGED && isIn(WHITESPACE, scan.code(at)) && !isBreak(scan, at)) at++;
  return at >= scan.length || isBreak(scan, at) || (at > from && scan.text[at] === '#');
}

function isBreak({ text }: Scan, at: number): boolean {
  const character = text[at];
  if (character === '\\') return text[at + 1] === 'n' || text[at + 1] === 'r';
  // The end of a text in quotes.
  return character === '\n' || character === '\r' || character === '"';
}

/** Words of other languages have letters beyond ASCII. Nothing is called by a longer one than is looked at. */
function endOfLetters(scan: Scan, from: number, to: number): number {
  const end = scan.lettersEnd(from);
  return end >= Math.min(to, from + LONGEST_LETTERS) ? to : end;
}

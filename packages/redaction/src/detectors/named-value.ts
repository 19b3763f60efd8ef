import { isIn, LETTERS } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { isWeak } from '../keys/key-rules.ts';
import { isSecretValue, looksLikePassword, mayBePassword } from '../keys/secret-value.ts';
import { bareEnd } from './bare-end.ts';
import { isBesideUser } from './beside-user.ts';
import { bareSecretEnd, isQuotedSecret } from './bare-value.ts';
import { blockedElsewhere, blockedSaidEnd } from './blocked-field.ts';
import { isNoPassword, namesSecret } from '../keys/no-password.ts';
import { isHeader } from './value-syntax.ts';
import { isOptionValue } from '../keys/option-value.ts';
import { isPairedSecret } from '../keys/paired-value.ts';
import { closingQuote } from './closing-quote.ts';
import { isCompared, isOwnName, isTernary } from './code-value.ts';
import { findHeader, isWholeLine } from './header-line.ts';
import { type Name, SENSITIVE_KEY } from './sensitive-key.ts';
import { findChanged } from './changed-value.ts';
import { findDefault } from './shell-default.ts';
import { findList } from './secret-list.ts';
import { afterQuote } from './key-name.ts';
import {
  isPlaceholder,
  isRedacted,
  placeholderEnd,
  startsAsPlaceholder,
} from './placeholder-value.ts';

const LONGEST_JUDGED = 64;
const LONGEST_CODE = 8;
const ITEM = /',\s{0,4}N?'([^'\n]{1,256})(?=')/dy;
const MOST_ITEMS = 64;
/** " is set to: " */
const LONGEST_COPULA = 12;
const LEAST_SPOKEN = 6;
/** What may stand before the quote of a text in code: `b'…'`, `[]byte("…")`. */
const TEXT_OF =
  /(?:[bBfFrRuUNE]{1,2}|string\(\d{1,4}\) |\[\]byte\(|(?:Buffer\.from|SecretStr|Some|String::from|new String|(?:[A-Za-z][\w.]{0,31}\.)?(?:GetBytes|b64encode))\()(?=\\{0,7}["'`])/y;
const TRIPLE = '"""';
const BRACKET = 91;
/** What may stand behind a value that was replaced: the rest of an address, a structure, the next parameter. */
const NEXT_PART = /[@:/.{]|&(?:amp;)?[\w.%[\]-]{1,48}=/y;
/** `{noop}`: how the password is kept, before it. */
const BRACED_NAME = /^\{\w*\}$/;
/** Codes that are read out or typed in have digits only. */
const CODE_NAME =
  /(?:code|kod|kodu|pin|otp|verifica(?:ción|ção)?|vérification|weryfikacyjny|подтверждения|码|碼|コード|번호)$/i;
/** A word between backticks that "the password is …" ties to its name. */
const SHOWN = /[^`\s]{6,64}(?=`(?![\w-]))/y;
const PASSWORD_NAME = /pass|pwd|wort|парол|contrase|senha|密码/i;
const CODE = /^\d{4,8}$/;

/** `X-Api-Key:[word]`, as Go and Java print headers. */
const BRACKETED = /\[([^[\]\s"',]{3,256})\]/y;
/** `send "…"` and `child.sendline('…')` on the next line. */
const SENT =
  /\)?[ \t;{]{0,8}\r?\n?\s{0,16}(?:\w{1,16}\.)?send(?:line)?(?:\s{1,4}(?:-{1,2}\w*\s{1,4})?|\()(?=["'])/y;

/** `arn:aws:secretsmanager:<region>:<account>:secret:`: the name of a secret follows. */
const SECRET_ARN = /arn:aws[\w-]{0,10}:secretsmanager:[\w-]{0,20}:\d{0,12}:secret:$/;
const LONGEST_ARN = 80;
const LAST_OF_ARN = 'secret:'.length;

/** The value behind an operator, quoted or bare. */
export function findValue(scan: Scan, start: number, name: Name): boolean {
  const { text } = scan;
  const fallback = findDefault(scan, start, name);
  if (fallback !== undefined) return fallback;
  if (findList(scan, start, name)) return true;
  if (
    text.startsWith('secret:', start - LAST_OF_ARN) &&
    SECRET_ARN.test(text.slice(Math.max(0, start - LONGEST_ARN), start))
  )
    return false;
  const quoted = textStart(scan, start);
  // Three quotes, as in TOML and Python: the two before the last one change nothing.
  const from = afterQuote(scan, text.startsWith(TRIPLE, quoted) ? quoted + 2 : quoted);
  // `"Password:"` is a text of its own, and its second quote opens nothing.
  const isSame = name.before === text[from - 1] && name.before !== '';
  const isDeeper =
    from - quoted > 1 && text[name.start - 2] !== '\\' && text[from] !== text[from - 1];
  if (from > quoted && name.quote === '' && isSame && !isDeeper) return findSent(scan, from - 1);
  if (text[start] === '[' && isHeader(name.key)) {
    BRACKETED.lastIndex = start;
    const value = BRACKETED.exec(text)?.[1];
    if (value !== undefined && !startsAsPlaceholder(text, start)) {
      const to = start + 1 + value.length;
      return (
        isPairedSecret(name.decision, text, start + 1, to) &&
        scan.found(SENSITIVE_KEY, start + 1, to)
      );
    }
  }
  if (name.quote !== '' && isTernary(text, name.start)) return false;
  if (from > quoted) {
    const to = closingQuote(scan, from, text.slice(quoted, from).replace(TRIPLE, '"'));
    if (to < 0) return findBare(scan, from, { ...name, quote: '' });
    if (!isQuoted(text, from, to, name) && !isUsersPassword(scan, name, from, to)) return false;
    // `typeof apiKey === 'function'`
    if (isNoPassword(text, from, to) && isCompared(text, name.end, quoted)) return false;
    scan.found(SENSITIVE_KEY, from, to);
    findChanged(scan, to);
    return true;
  }
  if (isWholeLine(name.key)) return findHeader(scan, start, name);
  const isBlocked = name.decision === 'block' && !startsAsPlaceholder(text, start);
  const elsewhere = isBlocked ? blockedElsewhere(scan, start) : undefined;
  if (elsewhere !== undefined && !isRedacted(text, ...elsewhere))
    return scan.found(SENSITIVE_KEY, ...elsewhere);
  if (text[start] === '[') {
    // A placeholder that a value goes on behind, without a space: it may be anyone's.
    const behind = placeholderEnd(text, start);
    NEXT_PART.lastIndex = behind;
    if (behind > start) return !NEXT_PART.test(text) && findBare(scan, behind, name);
  }
  return findBare(scan, start, name);
}

/** Where the text in quotes starts that a value is in code, or the value. */
function textStart(scan: Scan, start: number): number {
  const code = scan.code(start);
  // A letter or a bracket: most values need no look at the rest.
  if (!isIn(LETTERS, code) && code !== BRACKET) return start;
  TEXT_OF.lastIndex = start;
  return TEXT_OF.test(scan.text) ? TEXT_OF.lastIndex : start;
}

/** "the password is …": in a sentence anything may follow, so it must look like none of its words. */
export function findInProse(scan: Scan, start: number, { decision, key, end }: Name): boolean {
  const { text } = scan;
  const from = afterQuote(scan, start);
  if (decision === 'block' && !isPlaceholder(text, from, blockedSaidEnd(scan, from)))
    return scan.found(SENSITIVE_KEY, from, blockedSaidEnd(scan, from));
  const to = withoutFullStop(text, from, bareEnd(scan, from));
  const isDirect = start - end <= LONGEST_COPULA;
  if (
    isDirect &&
    CODE_NAME.test(key) &&
    CODE.test(text.slice(from, Math.min(to, from + LONGEST_CODE + 1)))
  )
    return scan.found(SENSITIVE_KEY, from, to);
  if (to - from < LEAST_SPOKEN || isPlaceholder(text, from, to)) return false;
  const mayBeWord = isDirect && decision === 'secret';
  if (mayBeWord && isShown(scan, from, key)) return scan.maybeFound(SENSITIVE_KEY, from, to);
  if (isWeak(decision))
    return isSecretValue(decision, text, from, to) && scan.maybeFound(SENSITIVE_KEY, from, to);
  const value = text.slice(from, Math.min(to, from + LONGEST_JUDGED));
  const isWord = !/\d/.test(value) || !/\p{L}/u.test(value);
  return !isWord && scan.maybeFound(SENSITIVE_KEY, from, to);
}

/** "The password is `word`" */
function isShown({ text }: Scan, from: number, key: string): boolean {
  if (text[from - 1] !== '`' || !PASSWORD_NAME.test(key)) return false;
  SHOWN.lastIndex = from;
  const word = SHOWN.exec(text)?.[0];
  return word !== undefined && !isNoPassword(word, 0, word.length) && !namesSecret(word);
}

/** What stands in a place of its own next to the name: quoted, or up to the end of an element or a line. */
export function findPaired(scan: Scan, start: number, name: Name): boolean {
  const { text } = scan;
  if (name.decision === 'block') return findBeside(scan, start, name);
  const quoted = text[start] === 'N' ? start + 1 : start;
  const from = afterQuote(scan, quoted);
  const close = from > quoted ? closingQuote(scan, from, text.slice(quoted, from)) : -1;
  if (close < 0 && from > quoted) return findBeside(scan, start, name);
  const to = close >= 0 ? close : bareEnd(scan, from);
  if (close >= 0 && text[quoted - 1] === '(') findItems(scan, to, name);
  return (
    (isPairedSecret(name.decision, text, from, to) ||
      (close >= 0 && isUsersPassword(scan, name, from, to))) &&
    scan.found(SENSITIVE_KEY, from, to)
  );
}

/** `user: 'ops', pass: 'word'` */
function isUsersPassword({ text }: Scan, name: Name, from: number, to: number): boolean {
  const mayBe =
    name.decision === 'password' &&
    to - from >= LEAST_SPOKEN &&
    !isPlaceholder(text, from, to) &&
    !isNoPassword(text, from, to);
  return mayBe && isBesideUser(text, name.start);
}

/** The other texts of `IN ('…', '…')`, from the quote that closes the first one. */
function findItems(scan: Scan, quote: number, { decision }: Name): void {
  ITEM.lastIndex = quote;
  for (let index = 0; index < MOST_ITEMS; index++) {
    const place = ITEM.exec(scan.text)?.indices?.[1];
    if (place === undefined) break;
    scan.work += place[1] - place[0];
    if (isPairedSecret(decision, scan.text, ...place)) scan.alsoFound(SENSITIVE_KEY, ...place);
    ITEM.lastIndex = place[1];
  }
}

/** What a call sets: `setPassword("…")`. */
export function findCalled(scan: Scan, start: number, { decision }: Name): boolean {
  const { text } = scan;
  const from = afterQuote(scan, start);
  const to = closingQuote(scan, from, text.slice(start, from));
  if (to <= from || isPlaceholder(text, from, to) || BRACED_NAME.test(text.slice(from, to)))
    return false;
  const isWanted =
    decision === 'block' ||
    isPairedSecret(decision, text, from, to) ||
    (decision === 'likely' && mayBePassword(text, from, to));
  return isWanted && scan.maybeFound(SENSITIVE_KEY, from, to);
}

/** What only stands next to the name. A detector of its own may know it better. */
export function findBeside(scan: Scan, start: number, { decision }: Name): boolean {
  const { text } = scan;
  // `[REDACTED:api_key #…]` is ours.
  if ('@#*'.includes(text.charAt(start))) return false;
  const from = afterQuote(scan, start);
  const close = from > start ? closingQuote(scan, from, text.slice(start, from)) : -1;
  const to = close >= 0 ? close : bareEnd(scan, from);
  if (isPlaceholder(text, from, to)) return false;
  // `newPassword("…")`
  if (close >= 0 && text[start - 1] === '(') {
    // `ClientSecretCredential("…")`: the first of several arguments, an id.
    const isSecret = isWeak(decision)
      ? looksRandom(text, from, to)
      : isPairedSecret(decision, text, from, to);
    return isSecret && scan.maybeFound(SENSITIVE_KEY, from, to);
  }
  // The content of an element is nothing else.
  const end = text[start - 1] === '>' ? to : withoutFullStop(text, from, to);
  const isWanted = isWeak(decision)
    ? isSecretValue(decision, text, from, to)
    : decision === 'block' || looksRandom(text, from, to) || looksLikePassword(text, from, end);
  return isWanted && scan.maybeFound(SENSITIVE_KEY, from, end);
}

function withoutFullStop(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && '.!?:'.includes(text[end - 1]!)) end--;
  return end;
}

function isQuoted(text: string, from: number, to: number, name: Name): boolean {
  const { key, decision, quote } = name;
  const isInCode = quote === '' && decision !== 'block';
  if (isInCode && isOwnName(text, from, to, key)) return false;
  if (!key.startsWith('-') || decision === 'block') return isQuotedSecret(text, from, to, decision);
  // `--token "abc123"`, `["--token", "abc123"]`, and not `["--token", "--verbose"]`
  return text[from] !== '-' && isOptionValue(decision, text, from, to);
}

function findBare(scan: Scan, from: number, name: Name): boolean {
  const to = bareSecretEnd(scan, from, name);
  if (to < 0) return false;
  // A bare value behind a quoted name is a number in JSON: its placeholder needs the quotes. Next to one of the text it
  // would be a doubled one.
  return name.quote === '' || `"'`.includes(scan.text.charAt(to) || ' ')
    ? scan.found(SENSITIVE_KEY, from, to)
    : scan.found(SENSITIVE_KEY, from, to, name.quote);
}

/** What is sent where the text in quotes that ends at `quote` is expected. */
function findSent(scan: Scan, quote: number): boolean {
  const { text } = scan;
  SENT.lastIndex = quote + 1;
  if (!SENT.test(text)) return false;
  const start = SENT.lastIndex;
  const from = afterQuote(scan, start);
  let to = closingQuote(scan, from, text.slice(start, from));
  while (text.startsWith('\\r', to - 2) || text.startsWith('\\n', to - 2)) to -= 2;
  return to > from && !isPlaceholder(text, from, to) && scan.found(SENSITIVE_KEY, from, to);
}

import { isIn, LETTERS, DIGITS } from '../engine/characters.ts';
import { isLikelySecret, looksRandom } from '../engine/looks-random.ts';
import type { KeyDecision } from './key-rules.ts';
import { isPublicValue } from './public-value.ts';
import { isSaidOfSecret } from './said-of-secret.ts';

/** As it is sent or typed in. */
const CODE = /^\d{4,8}$/;
const LEAST = 6;
const LONGEST = 64;
/** HMAC-SHA-512 in hex. */
const LONGEST_SIGNATURE = 128;
/** `sha256`, `UTF8`, `base-64`, `v2`: a word and a small number. */
const WORD_AND_NUMBER = /^(?:[a-z]+|[A-Z]+)[-_]?\d{1,3}$/;

/** Words that numbers follow where nobody chose them: kinds of digests and types, places, names of tests and machines. */
const NUMBERED =
  /^(?:sha|utf|base|ascii|int|uint|float|double|win|amd|arm|iso|rfc|oauth|http|tls|ssl|md|aes|rsa|hmac|ecdsa|blake|argon|pbkdf|gpt|claude|gemini|llama|user|test|tests|step|line|page|item|row|col|column|version|level|part|case|node|host|server|web|worker|pod|port|key|token|field|param|arg|var|value|string|type|attempt|phase|stage|build|release|run|job|task|batch|chunk|block|index|model|section|chapter|example|sample|group|team|client|app|service|account|password|secret|unit|month|day|week|year|status|code|error|slot|shard|replica|region|zone|device|sensor|channel|player|round|question|option|layer|stable|mysql|postgres|python|node|java|php|vue|angular)$/i;
const LEAST_CHOSEN = 7;
const CHOSEN =
  /^(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\D*\d)(?=[^!#$%^&*?]*[!#$%^&*?])[\w!#$%^&*?+~-]+$/;

/**
 * The same where nothing but a password is likely: a word and a number of two digits or more, as people choose it, too
 * (`orchid27`), unless it is one that numbers follow anyway.
 */
export function mayBePassword(text: string, from: number, to: number): boolean {
  if (looksLikePassword(text, from, to)) return true;
  const value = to - from <= LONGEST ? text.slice(from, to) : '';
  const word = /^([a-z]+|[A-Z]+|[A-Z][a-z]+)\d{2,4}$/.exec(value)?.[1];
  return word !== undefined && value.length >= LEAST_CHOSEN && !NUMBERED.test(word);
}

/** Whether a value under a key with that decision goes: one that stands alone, quoted or as a member of a map. */
export function isSecretValue(
  decision: KeyDecision,
  text: string,
  from: number,
  to: number,
): boolean {
  if (decision === 'block') return true;
  if (isPublicValue(text, from)) return false;
  switch (decision) {
    case 'secret':
      return !isSaidOfSecret(text, from, to);
    case 'code':
      return CODE.test(text.slice(from, Math.min(to, from + 9)));
    case 'session':
      return looksRandom(text, from, to);
    case 'signature':
      return to - from <= LONGEST_SIGNATURE && isLikelySecret(text, from, to);
    case 'password':
      return mayBePassword(text, from, to) || isLikelySecret(text, from, to);
    default:
      return isLikelySecret(text, from, to) || looksChosen(text, from, to);
  }
}

/** `Sommer2024!`: a password as rules for them ask for, with both cases, a digit and a symbol that names have not. */
function looksChosen(text: string, from: number, to: number): boolean {
  return to - from >= LEAST_CHOSEN && to - from <= LONGEST && CHOSEN.test(text.slice(from, to));
}

/**
 * Whether a person may have chosen it as a password: letters and digits, and neither a name with a number nor code.
 * Where a sentence or a flag goes on, most that follows a name is a word.
 */
export function looksLikePassword(text: string, from: number, to: number): boolean {
  const end = Math.min(to, from + LONGEST);
  if (end - from < LEAST) return false;
  let letters = 0;
  let digits = 0;
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i);
    if (isIn(DIGITS, code)) digits++;
    else if (isIn(LETTERS, code) || code >= 0xc0) letters++;
    // A call, a path, an index, an assignment, a sentence.
    else if ('(/[]={}: '.includes(text[i]!)) return false;
  }
  return letters > 0 && digits > 0 && !WORD_AND_NUMBER.test(text.slice(from, end));
}

import { isNoPassword } from './no-password.ts';
import { isPlaceholder, placeholderEnd } from '../detectors/placeholder-value.ts';
import { commandOptions } from './commands.ts';

/** Long names that are written with one hyphen. */
const LONG_NAME = /^-p(?:ort|rotocol|assword|ager|lugin|rint|roxy|refix|ath)/;
/** The name of a setting with a secret, and where it is given a value. */
const SETTING_NAME =
  /^[\w./:@-]{0,96}(?:(?:passw(?:or)?d|passphrase|secret|token|api[._-]?key|psk)[\w.-]{0,48}|_auth)$/i;
const SETTING =
  /(?:^|[,{[ =])[\w./:-]{0,64}(?:passw(?:or)?d|passphrase|secret|token|api[._-]?key|[._-]psk|\.login)=((?:\[REDACTED[^\]]{0,80}\])?[^,\]}]{1,256}|\[REDACTED[^\]]{0,80}\])/gi;
const LONGEST_SETTING = 512;
const IS_SETTING = /^\w+=/;

/** A part of one of the words of a command. */
export interface SecretArgument {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Which parts of the words behind a command are passwords. `words` are without quotes. */
export function secretArguments(command: string, words: readonly string[]): SecretArgument[] {
  const options = commandOptions.get(command);
  if (options === undefined) return [];
  const { only, login, position, behind, keyed, separator = ':' } = options;
  const isOther = only !== undefined && !words.some((word) => only.test(word));
  if (isOther && keyed !== true) return [];
  const found: SecretArgument[] = [];
  const add = (index: number, from: number, to?: number): void => {
    const word = words[index]!;
    const end = to ?? word.length;
    if (isPassword(word, from, end)) found.push({ index, from, to: end });
  };
  const short = [...(options.attached ?? []), ...(options.password ?? [])].filter(isShort);
  let places = 0;
  let isBehind = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const next = words[index + 1];
    const attached = short.find((option) => word.startsWith(option) && word !== option);
    const pair = options.pair?.find((option) => word.startsWith(option));
    if (attached !== undefined) {
      if (!LONG_NAME.test(word)) add(index, attached.length);
    } else if (options.password?.includes(word) && isValue(next)) add(++index, 0);
    else if (options.doubled?.includes(word) && index + 2 < words.length) {
      add(++index, 0);
      add(++index, 0);
    } else if (options.cookies?.includes(word) && isCookies(next)) add(++index, 0);
    else if (pair === word && next !== undefined) {
      const at = separatorIn(next, 0, separator);
      index++;
      if (at > 0) add(index, at + 1);
      // `http -A bearer -a word`
      else if (words.includes('bearer')) add(index, 0);
    } else if (pair !== undefined && (pair.length === 2 || word[pair.length] === '=')) {
      const at = separatorIn(word, pair.length, separator);
      if (at > pair.length) add(index, at + 1);
    } else if (!isOption(word)) {
      const service = word.lastIndexOf('@');
      if (login === true && places === 0 && word.indexOf('/') > 0)
        add(index, word.indexOf('/') + 1, service < 0 ? undefined : service);
      if (!isOther && !IS_SETTING.test(word) && places++ === position) add(index, 0);
      if (isBehind) add(index, 0);
      isBehind = behind?.test(word) === true;
    }
    if (options.settings === true) addSettings(word, (from, to) => add(index, from, to));
    // `a.password word`, `password= word`
    const name = word.endsWith('=') ? word.slice(0, -1) : word;
    if (keyed === true && !isOption(word) && isValue(next) && SETTING_NAME.test(name))
      add(index + 1, 0);
  }
  return found;
}

/** `a.password=word`, also several of them in one word. */
function addSettings(word: string, add: (from: number, to: number) => void): void {
  if (word.length > LONGEST_SETTING) return;
  for (const match of word.matchAll(SETTING)) {
    const to = match.index + match[0].length;
    add(to - match[1]!.length, to);
  }
}

/** Where the password starts behind a user, who may be one of our placeholders. */
function separatorIn(word: string, from: number, separator: string): number {
  return word.indexOf(separator, Math.max(from, placeholderEnd(word, from)));
}

/** `--verbose`, and `/delete` of Windows, but not `/etc/passwd`. */
function isOption(word: string): boolean {
  return word.startsWith('-') || /^\/\w+(?:$|:)/.test(word);
}

function isShort(option: string): boolean {
  return (option.length === 2 && !/^\w/.test(option)) || /^-hp$|:$/.test(option);
}

function isValue(word: string | undefined): word is string {
  return word !== undefined && word !== '' && !word.startsWith('-');
}

/** `session=…; theme=dark`, and not a file of cookies. */
function isCookies(word: string | undefined): boolean {
  return word !== undefined && /^[\w.-]{1,64}=[^\s;]{12}/.test(word);
}

function isPassword(word: string, from: number, to: number): boolean {
  return (
    from < to &&
    word !== '*' &&
    word !== '-' &&
    !isPlaceholder(word, from, to) &&
    !isNoPassword(word, from, to)
  );
}

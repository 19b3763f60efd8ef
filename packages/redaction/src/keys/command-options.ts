import { isNoPassword } from './no-password.ts';
import { isPlaceholder, placeholderEnd } from '../detectors/placeholder-value.ts';

/** Which short options of a command take a password. The long ones have a name that says so. */
interface CommandOptions {
  /** The password is the next word, or follows without a space. */
  readonly password?: readonly string[];
  /** It follows without a space only: the next word is something else. */
  readonly attached?: readonly string[];
  /** `user:password`, also with another separator. */
  readonly pair?: readonly string[];
  readonly separator?: string;
  /** Cookies. */
  readonly cookies?: readonly string[];
  /** Which of the words that are no options is the password, counted from the command on. */
  readonly position?: number;
  /** Only beside an option like this. */
  readonly only?: RegExp;
  /** The first word that is no option is `user/password@service`. */
  readonly login?: boolean;
}

const registry: CommandOptions = { password: ['-p'] };
const mysql: CommandOptions = { attached: ['-p'] };
const mongo: CommandOptions = { password: ['-p'] };
const ldap: CommandOptions = { password: ['-w'] };
const samba: CommandOptions = { pair: ['-U'], separator: '%' };

/** By the name of the program, with its command where it has several. */
export const commandOptions: ReadonlyMap<string, CommandOptions> = new Map<string, CommandOptions>([
  ['curl', { pair: ['-u', '--user', '-U', '--proxy-user'], cookies: ['-b', '--cookie'] }],
  ['sshpass', { password: ['-p'] }],
  ...['mysql', 'mysqldump', 'mysqladmin', 'mysqlimport', 'mariadb', 'mariadb-dump'].map(
    (name) => [name, mysql] as const,
  ),
  ['redis-cli', { password: ['-a', '--pass'] }],
  ...['mongo', 'mongosh', 'mongodump', 'mongorestore', 'mongoexport', 'mongoimport'].map(
    (name) => [name, mongo] as const,
  ),
  ...['docker login', 'podman login', 'registry login', 'az login', 'oc login'].map(
    (name) => [name, registry] as const,
  ),
  ...['ldapsearch', 'ldapmodify', 'ldapadd', 'ldapwhoami', 'ldapdelete'].map(
    (name) => [name, ldap] as const,
  ),
  ['smbclient', samba],
  ['rpcclient', samba],
  ['sqlcmd', { password: ['-P'] }],
  ['sqlplus', { login: true }],
  ['rabbitmqadmin', { password: ['-p'] }],
  ['ipmitool', { password: ['-P'] }],
  ['cqlsh', { password: ['-p'] }],
  ['xfreerdp', { attached: ['/p:'] }],
  ['lftp', { pair: ['-u'], separator: ',' }],
  ['htpasswd', { position: 2, only: /^-\w*b/ }],
  ['wpa_passphrase', { position: 1 }],
  ['net user', { position: 1 }],
  ['keytool', { password: ['-storepass', '-keypass', '-srcstorepass', '-deststorepass'] }],
  ['unzip', { password: ['-P'] }],
  ['schtasks', { password: ['/rp'] }],
  ['7z x', { attached: ['-p'] }],
  ['7z a', { attached: ['-p'] }],
  ['etcdctl', { pair: ['--user'] }],
]);

/** Long names that are written with one hyphen. */
const LONG_NAME = /^-p(?:ort|rotocol|assword|ager|lugin|rint|roxy|refix|ath)/;

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
  const { only, login, position, separator = ':' } = options;
  if (only !== undefined && !words.some((word) => only.test(word))) return [];
  const found: SecretArgument[] = [];
  const add = (index: number, from: number, to?: number): void => {
    const word = words[index]!;
    const end = to ?? word.length;
    if (isPassword(word, from, end)) found.push({ index, from, to: end });
  };
  const short = [...(options.attached ?? []), ...(options.password ?? [])].filter(isShort);
  let places = 0;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const next = words[index + 1];
    const attached = short.find((option) => word.startsWith(option) && word !== option);
    if (attached !== undefined) {
      if (!LONG_NAME.test(word)) add(index, attached.length);
    } else if (options.password?.includes(word) && isValue(next)) add(++index, 0);
    else if (options.cookies?.includes(word) && isCookies(next)) add(++index, 0);
    else if (options.pair?.includes(word) && next !== undefined) {
      const at = separatorIn(next, 0, separator);
      index++;
      if (at > 0) add(index, at + 1);
    } else if (options.pair?.some((option) => word.startsWith(`${option}=`))) {
      const at = separatorIn(word, word.indexOf('=') + 1, separator);
      if (at > 0) add(index, at + 1);
    } else if (!isOption(word)) {
      const service = word.lastIndexOf('@');
      if (login === true && places === 0 && word.indexOf('/') > 0)
        add(index, word.indexOf('/') + 1, service < 0 ? undefined : service);
      if (places++ === position) add(index, 0);
    }
  }
  return found;
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
  return option.length === 2 || option.endsWith(':');
}

function isValue(word: string | undefined): word is string {
  return word !== undefined && word !== '' && !word.startsWith('-');
}

/** `session=…; theme=dark`, and not a file of cookies. */
function isCookies(word: string | undefined): boolean {
  return word !== undefined && /^[\w.-]{1,64}=[^\s;]{12}/.test(word);
}

function isPassword(word: string, from: number, to: number): boolean {
  return from < to && !isPlaceholder(word, from, to) && !isNoPassword(word, from, to);
}

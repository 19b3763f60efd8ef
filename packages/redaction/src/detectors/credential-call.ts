import { isLikelySecret } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import { type CredentialCall, credentialCalls } from '../keys/credential-calls.ts';
import { isNoPassword, namesSecret } from '../keys/no-password.ts';
import { isPublicValue } from '../keys/public-value.ts';
import { mayBePassword } from '../keys/secret-value.ts';
import { type Argument, argumentsAt } from './call-arguments.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { nameStart } from './key-name.ts';
import { isPlaceholder } from './placeholder-value.ts';

const KIND = 'sensitive_key';
/** How far before a name its receiver is looked for. */
const REACH = 160;
const LEAST = 3;
const LEAST_KEY = 6;
/**
 * Ends of names that are rarer than their starts, or that others anchor as well: the whole name is read at the place, so
 * that nothing is looked for that prose and code are full of.
 */
const ENDINGS: readonly string[] = [
  'auth(',
  'credential(',
  'credentials(',
  'credentialsprovider(',
  'authenticationtoken(',
  'passwordtoken(',
  'hmac(',
  'cipheriv(',
  'bind(',
  'bind_s(',
  'pw_set(',
  '::make(',
  '::check(',
  'password_hash(',
];
/** Two that stand for a call: `auth=("ada", "…")`. */
const PAIRS: readonly string[] = ['auth=(', 'auth=[', 'auth = (', 'auth: [', 'auth(['];
const WITHOUT_BRACKETS = 'basic_auth ';
/** What names a digest or an encoding where a key may stand. */
const ALGORITHM =
  /^(?:[A-Z]{2}\d{3}|(?:sha|md|utf|aes|hmac|base|ascii|latin|binary|hex)[\w-]{0,12})$/i;

/** `new mysqli(host, user, '…')`: what is a password by its place in a call. */
export const credentialCall: Detector = {
  kind: KIND,
  preset: 'secrets',
  level: 'likely',
  anchors: [
    ...[...credentialCalls.keys()].filter((name) => !endsAsOthers(name)).map((name) => `${name}(`),
    ...ENDINGS,
    ...PAIRS,
    WITHOUT_BRACKETS,
  ],
  insideWord: true,
  find(scan, start, end) {
    const anchor = scan.text.slice(start, end).toLowerCase();
    if (PAIRS.includes(anchor)) return findPair(scan, end);
    const hasBrackets = anchor.endsWith('(');
    const isEnding = ENDINGS.includes(anchor);
    if (!isEnding && !scan.isBoundary(start)) return false;
    const nameFrom = isEnding ? nameStart(scan, start) : start;
    const whole = scan.text.slice(nameFrom, end - 1).toLowerCase();
    const name = isEnding ? whole.slice(whole.lastIndexOf('.') + 1) : whole;
    const calls = credentialCalls.get(name) ?? credentialCalls.get(whole);
    if (calls === undefined) return false;
    const given = argumentsAt(scan, end, hasBrackets);
    const call = calls.find((candidate) => fits(scan, candidate, end - 1 - name.length, given));
    if (call === undefined) return false;
    for (const index of call.secret) note(scan, given[index], call.as);
    return false;
  },
};

function endsAsOthers(name: string): boolean {
  return ENDINGS.some((ending) => `${name}(`.endsWith(ending));
}

function fits(
  { text }: Scan,
  { receiver, behind, secret }: CredentialCall,
  start: number,
  given: readonly Argument[],
): boolean {
  if (given.length <= secret[0]!) return false;
  if (receiver?.test(text.slice(Math.max(0, start - REACH), start)) === false) return false;
  const before = given[secret[0]! - 1];
  const own = given[secret[0]!]!;
  return (
    behind === undefined ||
    (before !== undefined && behind.test(text.slice(before.start, own.start)))
  );
}

function findPair(scan: Scan, open: number): boolean {
  const given = argumentsAt(scan, open);
  if (given.length === 2 && given[0]!.from >= 0) note(scan, given[1], 'password');
  return false;
}

function note(scan: Scan, argument: Argument | undefined, as: CredentialCall['as']): void {
  if (argument === undefined || argument.from < 0) return;
  const { from, to } = argument;
  const { text } = scan;
  if (to - from < LEAST || isPlaceholder(text, from, to) || isNoPassword(text, from, to)) return;
  const isWanted =
    as === 'password' ||
    (as === 'key'
      ? isKey(text, from, to)
      : mayBePassword(text, from, to) || isLikelySecret(text, from, to));
  // Not `found`: other things may stand in the arguments before it.
  if (isWanted && !isPublicValue(text, from)) scan.alsoFound(KIND, from, to);
}

function isKey(text: string, from: number, to: number): boolean {
  if (to - from < LEAST_KEY) return false;
  const value = text.slice(from, Math.min(to, from + REACH));
  return !ALGORITHM.test(value) && (/\d/.test(value) || !namesSecret(value));
}

export const credentialCallExamples: DetectorExamples = {
  finds: [
    "$db = new mysqli('localhost', 'root', '<<letmein>>', 'shop');",
    'mysqli_connect("db", "app", "<<letmein>>", "shop")',
    "new PDO($dsn, 'app', '<<letmein>>')",
    'requests.get(url, auth=("ada", "<<letmein>>"))',
    "auth=HTTPBasicAuth('ada', '<<letmein>>')",
    'DriverManager.getConnection(url, "app", "<<letmein>>")',
    "smtp.login('{lower:6}', '<<letmein>>')",
    "server.login(user, '<<{lower:4} {lower:4} {lower:4} {lower:4}>>')",
    'req.SetBasicAuth("ada", "<<letmein>>")',
    'http.basic_auth "ada", "<<letmein>>"',
    '.basic_auth("ada", Some("<<letmein>>"))',
    'conn.bind("cn=admin,dc=x", "<<letmein>>")',
    'new PasswordAuthentication("ada", "<<letmein>>".toCharArray())',
    'neo4j.auth.basic("neo4j", "<<letmein>>")',
    "$redis->auth('<<letmein>>')",
    "$redis->auth(['ada', '<<letmein>>'])",
    "crypto.createHmac('sha256', '<<{b62:24}>>')",
    "jwt.sign({ id: 1 }, '<<{b62:24}>>', { expiresIn: '1h' })",
    'new ClientSecretCredential("{uuid}", "{uuid}", "<<{b62:30-40}>>")',
    'new BasicAWSCredentials("ada", "<<{b62:40}>>")',
    "#3 index.php(40): App\\Auth->login('ada', '<<letmein>>')",
    "UPDATE u SET pass = crypt('<<letmein>>', gen_salt('bf'))",
    "SELECT pgp_sym_encrypt('x', '<<correcthorse>>')",
    "AES.new(b'<<{b62:16}>>', AES.MODE_CBC)",
    String.raw`{"code":"new mysqli(\"db\", \"app\", \"<<letmein>>\", \"shop\")"}`,
  ],
  leaves: [
    "new mysqli($host, $user, $pass, 'shop')",
    "new mysqli('localhost', getenv('DB_USER'), getenv('DB_PASS'), 'shop')",
    'mysqli_connect(): Access denied',
    "new PDO('sqlite:/srv/data.db')",
    'requests.get(url, auth=("user", "pass"))',
    'requests.get(url, auth=(user, password))',
    'DriverManager.getConnection("jdbc:h2:mem:test")',
    "logger.login('ada', 'succeeded')",
    "auth.login('google', 'redirect')",
    "socket.bind('tcp', '5555')",
    "$(el).bind('click', 'button', fn)",
    'req.SetBasicAuth(user, pass)',
    'username, password, ok := r.BasicAuth()',
    "passport.authenticate('google', { scope: ['email'] })",
    "crypto.createHmac('sha256', secret)",
    "jwt.verify(token, 'RS256')",
    "oauth('google', 'popup')",
    "app.auth('google')",
    "crypt(input('text'), salt)",
    "SELECT crypt($1, gen_salt('bf'))",
    'Fernet(key)',
    'an algorithm (like this, or that, or another one)',
  ],
};

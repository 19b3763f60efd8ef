import { isNoPassword } from '../keys/no-password.ts';
import { mayBePassword } from '../keys/secret-value.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder, placeholderEnd } from './placeholder-value.ts';

/** `=ada:word` and `, "ada:word"`: both in one value. */
const TIGHT =
  /(?:(?<=login)=|(?<=static):|(?<=--[\w-]{1,16})[ =]|["']?\s{0,2}(?:,|=>|=|:)\s{0,2}(?=["']))["']?((?!\d)[^\s"':,;/\\]{1,64}):(?!\/)([^\s"',;\\]{3,128})(?=["'\s,;]|$)/dy;
/** `: ada / word` */
const SPOKEN =
  /(?: for [\w.-]{1,32})?(?:\s(?:are|sind|sont|son|is))?\s{0,2}[:=–-]?\s{1,3}([^\s"':,;/\\]{1,64}) ?[/|:] ?([^\s"',;\\]{6,128})/dy;

/** A user and a password as one value, behind a word for both: `login=ada:word`, "Zugangsdaten: ada / …". */
export const userPair: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  level: 'likely',
  // `userpwd`, `userpass` without their first letter: names of users are everywhere.
  anchors: [
    'login=',
    'serpwd',
    'serpass',
    'httpauth',
    'maps = static:',
    'zugangsdaten',
    'credentials',
    'creds',
    'credenciales',
    'identifiants',
    'logins',
    'login:',
    '1password',
    '--proxy-user',
    '--proxy-auth',
    '--basic-auth',
    '--http-auth',
    '--auth-user-pass',
  ],
  insideWord: true,
  find(scan, start, end) {
    const { text } = scan;
    const isTight =
      '=:'.includes(text[end - 1]!) || /^(?:serp|httpa|--)/i.test(text.slice(start, end));
    TIGHT.lastIndex = '=:'.includes(text[end - 1]!) ? end - 1 : end;
    let match = isTight ? TIGHT.exec(text) : null;
    const isSpoken = match === null;
    if (isSpoken) {
      SPOKEN.lastIndex = text[end - 1] === ':' ? end - 1 : end;
      match = SPOKEN.exec(text);
    }
    scan.work += match?.[0].length ?? 1;
    if (match === null) return false;
    const [from, to] = match.indices![2]!;
    // The colon of a placeholder.
    if (placeholderEnd(text, match.indices![1]![0]) > from) return false;
    if (isPlaceholder(text, from, to) || isNoPassword(text, from, to)) return false;
    if (isSpoken && !mayBePassword(text, from, to)) return false;
    scan.alsoFound('sensitive_key', from, to);
    return false;
  },
};

export const userPairExamples: DetectorExamples = {
  finds: [
    'cache_peer p parent 3128 0 login=ada:<<letmein>>',
    "curl_setopt($c, CURLOPT_USERPWD, 'ada:<<letmein>>');",
    'Zugangsdaten: ada / <<Tulip{digit:4}!>>',
    'credentials: ada / <<Tulip{digit:4}!>>',
    'creds for staging are admin:<<Tulip{digit:4}!>>',
    'credentials are ada:<<Tulip{digit:4}!>>',
    'CURLOPT_USERPWD => "ada:<<letmein>>"',
    'smtp_sasl_password_maps = static:ada:<<letmein>>',
    '--proxy-user ada:<<letmein>>',
    '--basic-auth=ada:<<letmein>>',
  ],
  leaves: [
    'login=ada',
    'login=https://x.example/a',
    'login: ada / admin',
    'credentials: include',
    'credentials: same-origin / omit',
    'Login: 12:45',
    'login:form:title',
    'login=2024-05-04T10:00:00',
    'static: true',
  ],
};

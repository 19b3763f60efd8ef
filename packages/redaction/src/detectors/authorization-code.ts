import { DOT, PERCENT, SLASH, TILDE, URL64 } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { Scan } from '../engine/scan.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const CODE = URL64 | DOT | PERCENT | TILDE | SLASH;
const LEAST = 16;
/** How far the parameters beside it are looked for. */
const REACH = 256;
const MEMBER_REACH = 160;
const BESIDE = /[?&#](?:state|grant_type|redirect_uri|code_verifier|scope|iss|session_state)=/;

const MEMBER =
  /["'{,]code\\{0,7}["']?\s{0,4}[:=]\s{0,4}\\{0,7}["']([\w.~%/+-]{16,512})\\{0,7}["']/d;
/** Where a provider sends people back to. */
const CALLBACK =
  /(?:\/|%2F)(?:cb|callback|oauth2?|auth|authorize|signin(?:-[\w]{1,24})?|sso|connect)(?:\/[\w.-]{1,32}){0,4}\?(?:[\w.-]{1,32}=[^&\s]{0,128}&){0,4}$/i;
/** The code of an OAuth sign-in in a query or a form: whoever has it first gets the token. */
export const authorizationCode: Detector = {
  kind: 'authorization_code',
  preset: 'secrets',
  level: 'likely',
  anchors: ['code=', 'authorization_code'],
  find(scan, start, end) {
    const { text } = scan;
    if (text[end - 1] !== '=') return findMember(scan, start);
    const to = scan.runEnd(CODE, end);
    if (to - end < LEAST || !looksRandom(text, end, to)) return false;
    const before = text.slice(Math.max(0, start - REACH), start);
    scan.work += REACH;
    const isAnswer =
      BESIDE.test(`&${before}${text.slice(to, to + REACH)}`) || CALLBACK.test(before);
    return isAnswer && scan.found('authorization_code', end, to);
  },
};

/** `"code": "…"` beside `"grant_type": "authorization_code"`, in one object. */
function findMember(scan: Scan, start: number): false {
  const from = Math.max(0, start - MEMBER_REACH);
  scan.work += 2 * MEMBER_REACH;
  const place = MEMBER.exec(scan.text.slice(from, start + MEMBER_REACH))?.indices?.[1];
  if (place === undefined) return false;
  const [codeStart, codeEnd] = [from + place[0], from + place[1]];
  if (looksRandom(scan.text, codeStart, codeEnd))
    scan.alsoFound('authorization_code', codeStart, codeEnd);
  return false;
}

export const authorizationCodeExamples: DetectorExamples = {
  finds: [
    'https://app.example.com/cb?code=<<{url64:40}>>&state=xyz',
    'location: /cb?code=<<{hex:20}>>',
    'GET /cb?state=a1&code=<<4/{url64:60}>> HTTP/1.1',
    'x {"code":"<<{b62:40}>>","grant_type":"authorization_code"} y',
    'code=<<{url64:40}>>&grant_type=authorization_code&redirect_uri=https%3A%2F%2Fapp.example%2Fcb',
  ],
  leaves: [
    '?code=404&state=failed',
    '/products/list?code=1a2b3c4d5e6f7a8b9c0d',
    'code=ERR_SOCKET_BAD_PORT_RANGE&state=1',
    'exit code=1a2b3c4d5e6f7a8b9c0d',
  ],
};

import { DOT, PERCENT, SLASH, TILDE, URL64 } from '../engine/characters.ts';
import { looksRandom } from '../engine/looks-random.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const CODE = URL64 | DOT | PERCENT | TILDE | SLASH;
const LEAST = 16;
/** How far the parameters beside it are looked for. */
const REACH = 256;
const BESIDE = /[?&#](?:state|grant_type|redirect_uri|code_verifier|scope|iss|session_state)=/;

/** The code of an OAuth sign-in in a query or a form: whoever has it first gets the token. */
export const authorizationCode: Detector = {
  kind: 'authorization_code',
  preset: 'secrets',
  level: 'likely',
  anchors: ['code='],
  find(scan, start, end) {
    const { text } = scan;
    const to = scan.runEnd(CODE, end);
    if (to - end < LEAST || !looksRandom(text, end, to)) return false;
    const around = `&${text.slice(Math.max(0, start - REACH), start)}${text.slice(to, to + REACH)}`;
    scan.work += REACH;
    return BESIDE.test(around) && scan.found('authorization_code', end, to);
  },
};

export const authorizationCodeExamples: DetectorExamples = {
  finds: [
    'https://app.example.com/cb?code=<<{url64:40}>>&state=xyz',
    'GET /cb?state=a1&code=<<4/{url64:60}>> HTTP/1.1',
    'code=<<{url64:40}>>&grant_type=authorization_code&redirect_uri=https%3A%2F%2Fapp.example%2Fcb',
  ],
  leaves: [
    '?code=404&state=failed',
    'code=ERR_SOCKET_BAD_PORT_RANGE&state=1',
    'exit code=1a2b3c4d5e6f7a8b9c0d',
  ],
};

import { isNoPassword } from '../keys/no-password.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { isPlaceholder } from './placeholder-value.ts';

const WORD = /"([^"\n]{1,128})"|([^\s"\\]{3,128})/dy;
/** How each number keeps it. */
const HASH = /^\$\d{1,2}\$/;
const HIDDEN = /^[0-9A-F]{6,128}$/i;
const COMMUNITY_BEHIND = /\s(?:RO|RW|view)\b|[ \t]*(?:$|[\r\n]|\\[nr])/y;
/** A number that says how the word is kept may stand between. */
const KEPT = /[0-9] /y;

/** Settings of routers and switches: `username ada password 0 word`, `tacacs-server key word`. */
export const devicePassword: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  level: 'likely',
  anchors: [
    'password 0 ',
    'password 5 ',
    'password 7 ',
    'secret 0 ',
    'secret 5 ',
    'secret 8 ',
    'secret 9 ',
    'cs-server key ',
    'us-server key ',
    'isakmp key ',
    'snmp-server community ',
    'snmp community ',
    'key-string ',
  ],
  insideWord: true,
  find(scan, start, end) {
    const { text } = scan;
    KEPT.lastIndex = end;
    WORD.lastIndex = KEPT.test(text) ? end + 2 : end;
    const match = WORD.exec(text);
    if (match === null) return false;
    const [from, to] = match.indices![1] ?? match.indices![2]!;
    scan.work += to - from;
    if (isPlaceholder(text, from, to) || isNoPassword(text, from, to)) return false;
    const kept = /[57-9] $/.exec(text.slice(start, end))?.[0];
    if (kept !== undefined && !(kept === '7 ' ? HIDDEN : HASH).test(text.slice(from, to)))
      return false;
    if (text.slice(start, end).toLowerCase().includes('community')) {
      COMMUNITY_BEHIND.lastIndex = WORD.lastIndex;
      if (!COMMUNITY_BEHIND.test(text)) return false;
    }
    return scan.found('sensitive_key', from, to);
  },
};

export const devicePasswordExamples: DetectorExamples = {
  finds: [
    'username admin privilege 15 password 0 <<letmein>>',
    'enable secret 5 <<$1$abcd$open-sesame>>',
    'tacacs-server key <<letmein>>',
    'radius-server key 7 <<letmein>>',
    'crypto isakmp key <<letmein>> address peer1',
    'snmp-server community <<letmein>> RO',
    'ppp chap password 0 <<letmein>>',
  ],
  leaves: [
    'password 0 of 3 attempts',
    'the secret 5 is',
    'secret 5 days ago',
    'password 7 days ago',
    'snmp-server community strings were removed',
    'service password-encryption',
  ],
};

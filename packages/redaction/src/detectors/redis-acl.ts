import type { Scan } from '../engine/scan.ts';
import { isPlaceholder } from './placeholder-value.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const REACH = 240;
/** `user ada on >word`, `ACL SETUSER ada on #hash`. */
const RULES = /\b(?:user|setuser) \S{1,64} (?:\S{1,128} ){0,8}$/i;
const AGAIN = /[+-]@(?:all|read|write|admin|dangerous)\S{0,16} ?$/i;
const PASSWORD = / [>#](\S{3,128})(?= )/dg;
/** What follows `acl setuser ada`, in any case. */
const RULE = /[ \t]{1,4}(?:([<>#!])([^\s"'`]{3,128})|[^\s"'`<>#!]{1,128})/dy;
const MOST_RULES = 16;

/** Passwords of a rule of Redis: `user ada on >word ~* +@all`. */
export const redisAcl: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  anchors: ['@all', '@read', '@write', '@admin', '@dangerous', 'acl setuser'],
  find(scan, start, end) {
    if (scan.text[start] !== '@') return findRules(scan, end);
    const sign = scan.text[start - 1];
    if (sign !== '+' && sign !== '-') return false;
    const floor = Math.max(0, start - REACH);
    const before = scan.text.slice(floor, start - 1);
    // The last rule ends the line: the passwords stand once before it.
    if (AGAIN.test(scan.text.slice(Math.max(0, start - 32), start - 1))) return false;
    scan.work += before.length;
    if (!RULES.test(before)) return false;
    for (const { indices } of before.matchAll(PASSWORD)) {
      const [from, to] = indices![1]!;
      if (!before.startsWith('[REDACTED', from))
        scan.alsoFound('sensitive_key', floor + from, floor + to);
    }
    return false;
  },
};

function findRules(scan: Scan, end: number): boolean {
  RULE.lastIndex = end;
  // The first word is the name of the user.
  for (let index = 0; index < MOST_RULES; index++) {
    const indices = RULE.exec(scan.text)?.indices;
    if (indices === undefined) break;
    const [from, to] = indices[2] ?? [0, 0];
    if (index > 0 && to > from && !isPlaceholder(scan.text, from, to))
      scan.alsoFound('sensitive_key', from, to);
  }
  scan.work += Math.max(0, RULE.lastIndex - end);
  return false;
}

export const redisAclExamples: DetectorExamples = {
  finds: [
    'user default on ><<letmein>> ~* +@all',
    'ACL SETUSER ada on ><<letmein>> ~cache:* -@all +get',
    'acl setuser app ><<swordfish>>',
    'acl setuser app reset on ><<swordfish>> allkeys #<<{hex:64}>>',
  ],
  leaves: [
    'acl setuser ada reset nopass',
    'ACL SETUSER > the manual',
    'user default on nopass ~* +@all',
    'cc @all > the list',
    'user ada off +@all',
  ],
};

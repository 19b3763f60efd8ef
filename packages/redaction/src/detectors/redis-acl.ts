import type { Detector, DetectorExamples } from './detector.ts';

const REACH = 240;
/** `user ada on >word`, `ACL SETUSER ada on #hash`. */
const RULES = /\b(?:user|setuser) \S{1,64} (?:\S{1,128} ){0,8}$/i;
const AGAIN = /[+-]@(?:all|read|write|admin|dangerous)\S{0,16} ?$/i;
const PASSWORD = / [>#](\S{3,128})(?= )/dg;

/** Passwords of a rule of Redis: `user ada on >word ~* +@all`. */
export const redisAcl: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  anchors: ['@all', '@read', '@write', '@admin', '@dangerous'],
  find(scan, start) {
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

export const redisAclExamples: DetectorExamples = {
  finds: [
    'user default on ><<letmein>> ~* +@all',
    'ACL SETUSER ada on ><<letmein>> ~cache:* -@all +get',
  ],
  leaves: ['user default on nopass ~* +@all', 'cc @all > the list', 'user ada off +@all'],
};

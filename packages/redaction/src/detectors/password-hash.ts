import { BASE62, isIn } from '../engine/characters.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const HASH_64 = '[./A-Za-z0-9+=-]';
/** From where the scheme starts, a bounded number of parts between dollar signs. */
const HASH = new RegExp(
  [
    String.raw`\$2[abxy]\$\d{2}\$[./A-Za-z0-9]{53}`,
    String.raw`\$argon2(?:id|i|d)\$(?:v=\d{1,3}\$)?[a-z0-9=,]{3,60}\$${HASH_64}{8,128}\$${HASH_64}{16,256}`,
    String.raw`\$scrypt\$[a-z0-9=,]{3,40}\$${HASH_64}{8,128}\$${HASH_64}{16,256}`,
    String.raw`scrypt:\d{1,7}:\d{1,3}:\d{1,3}\$[^\s$]{4,64}\$[0-9a-f]{32,256}`,
    String.raw`\$pbkdf2(?:-sha\d{1,3})?\$\d{1,8}\$${HASH_64}{8,128}\$${HASH_64}{16,256}`,
    String.raw`(?:pbkdf2|bcrypt|argon2|scrypt)_?(?:sha\d{1,3})?\$[^\s"'${'`'}]{24,256}`,
    String.raw`pbkdf2:sha\d{1,3}(?::\d{1,8})?\$[^\s$]{4,64}\$[0-9a-f]{32,256}`,
    String.raw`SCRAM-SHA-(?:1|256|512)\$\d{1,8}:[A-Za-z0-9+/=]{8,88}\$[A-Za-z0-9+/=]{24,96}:[A-Za-z0-9+/=]{24,96}`,
    String.raw`\{(?:SSHA|SHA|SMD5|SSHA256|SSHA512|CRYPT)\}[./A-Za-z0-9+=$]{20,256}`,
  ].join('|'),
  'y',
);

/** What is stored of a password: it can be tried out at home. bcrypt, Argon2, scrypt, PBKDF2, SCRAM and those of LDAP. */
export const passwordHash: Detector = {
  kind: 'password_hash',
  preset: 'secrets',
  anchors: [
    '$2a$',
    '$2b$',
    '$2x$',
    '$2y$',
    'argon2',
    'scrypt',
    'bcrypt',
    'pbkdf2',
    'scram-sha',
    '{ssha',
    '{smd5}',
    '{crypt}',
  ],
  insideWord: true,
  find(scan, start) {
    const { text } = scan;
    const from = text[start - 1] === '$' ? start - 1 : start;
    if (isIn(BASE62, scan.code(from - 1)) && from === start && text[start] !== '$') return false;
    HASH.lastIndex = from;
    if (!HASH.test(text)) return false;
    return scan.found('password_hash', from, HASH.lastIndex);
  },
};

const CRYPT =
  /\$(?:(?:[156]|y|7|apr1|gy)\$(?:(?:rounds=|j)[^\s$:]{1,16}\$)?[^\s$:"']{1,64}\$[./A-Za-z0-9]{22,128}|[PH]\$[./A-Za-z0-9]{31})(?![./A-Za-z0-9])/y;

/** The same with a scheme of one character, `$6$`: as it stands in `/etc/shadow`, in `.htpasswd` and in settings. */
export const cryptHash: Detector = {
  kind: 'password_hash',
  preset: 'secrets',
  anchors: ['$1$', '$5$', '$6$', '$7$', '$y$', '$gy$', '$p$', '$h$', '$apr1$'],
  insideWord: true,
  find(scan, start) {
    CRYPT.lastIndex = start;
    return CRYPT.test(scan.text) && scan.found('password_hash', start, CRYPT.lastIndex);
  },
};

export const passwordHashExamples: DetectorExamples = {
  finds: [
    'hash <<$2{a|b|y}$12${b62:53}>>',
    '<<$argon2id$v=19$m=65536,t=3,p=4${b62:22}${b62:43}>>',
    '<<$scrypt$ln=16,r=8,p=1${b62:22}${b62:43}>>',
    'scrypt:32768:8:1${b62:16}${hex:128}',
    'pbkdf2_sha256$600000${b62:22}${b62:43}=',
    '<<$pbkdf2-sha512$29000${b62:22}${b62:86}>>',
    'SCRAM-SHA-256$4096:{b62:22}==${b62:43}=:{b62:43}=',
    'userPassword: <<{SSHA}{b62:32}>>',
    'root:<<$6${b62:16}${b62:86}>>:19000:0:99999:7:::',
    'ada:<<$apr1${b62:8}${b62:22}>>',
    'x=<<$y$j9T${b62:22}${b62:43}>>',
    '$5$rounds=5000${b62:16}${b62:43}',
    '$P$B{b62:30}',
  ],
  leaves: [
    'argon2 is used, m=65536',
    'cost: $2b$12',
    'bcrypt$ npm install',
    'awk $6$7 and :$5$6',
    'import { scrypt } from "node:crypto"',
    'SCRAM-SHA-256 authentication failed',
  ],
};

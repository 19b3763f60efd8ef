import { looksRandom } from '../engine/looks-random.ts';
import { looksLikePassword } from '../keys/secret-value.ts';
import type { DetectorExamples, NativePass } from './detector.ts';

/** `*:*:a:b:secret`, the shortest line that is worth a look. */
const LEAST = 14;
const LONGEST_HOST = 65;
const HOST = /(?:^|[\s"'`]|\\n)(?:[\w.-]{1,64}|\*)$/;

/**
 * A line of `.pgpass`: `host:port:database:user:password`. No anchor: one of digits would stop the pass at every number.
 */
export const passwordFile: NativePass = {
  kind: 'password_file',
  preset: 'secrets',
  level: 'likely',
  candidate: /:(?:5432|5433|6432|\*):[^\s:]{1,64}:[^\s:]{1,64}:[^\s:"'`\\]{6,128}/g,
  mayHold: (text) => text.length >= LEAST && (text.includes(':5432:') || text.includes(':*:')),
  verify(scan, start, to) {
    const { text } = scan;
    const from = text.lastIndexOf(':', to - 1) + 1;
    const isPassword = looksLikePassword(text, from, to) || looksRandom(text, from, to);
    const before = text.slice(Math.max(0, start - LONGEST_HOST), start);
    if (isPassword && HOST.test(before)) scan.alsoFound('password_file', from, to);
    // The host stays.
    return -1;
  },
};

export const passwordFileExamples: DetectorExamples = {
  finds: [
    'db.example.com:5432:shop:app:<<{b62:18}>>',
    'localhost:5432:*:postgres:<<{b62:16}>>\n',
    '*:*:reports:reader:<<{b62:16}>>',
  ],
  leaves: ['db:5432:shop:app:', 'listening on 0.0.0.0:5432: shop: app: ok', 'arn:*:s3:::bucket1'],
};

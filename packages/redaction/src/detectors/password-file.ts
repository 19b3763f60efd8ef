import { looksRandom } from '../engine/looks-random.ts';
import { isNoPassword } from '../keys/no-password.ts';
import { looksLikePassword } from '../keys/secret-value.ts';
import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';

const LONGEST_HOST = 65;
const HOST = /(?:^|[\s"'`]|\\n)(?:[\w.-]{1,64}|\*)$/;
/** The port before the end of the anchor: the usual ones, or any. */
const PORT = /:(?:5432|5433|6432|\*):$/;
const REST = /[^\s:]{1,64}:[^\s:]{1,64}:([^\s:"'`\\]{6,128})/dy;

/** A line of `.pgpass`: `host:port:database:user:password`. */
export const passwordFile: Detector = {
  kind: 'password_file',
  preset: 'secrets',
  level: 'likely',
  // Without the first digit: four of them would stop the pass at every number.
  anchors: ['432:', '433:', ':*:'],
  insideWord: true,
  find(scan, _start, end) {
    const { text } = scan;
    const port = PORT.exec(text.slice(Math.max(0, end - 6), end))?.[0];
    if (port === undefined) return false;
    const [from, to] = placeIn(REST, scan, end) ?? [end, end];
    const host = end - port.length;
    const head = text.slice(Math.max(0, host - LONGEST_HOST), host);
    const isPassword = looksLikePassword(text, from, to) || looksRandom(text, from, to);
    if (!isPassword && !(isAlone(text, head, to) && !isNoPassword(text, from, to))) return false;
    return HOST.test(head) && scan.found('password_file', from, to);
  },
};

/** Whether the five fields are a line of their own, with a host that cannot be another word: then a word goes as well. */
function isAlone(text: string, head: string, to: number): boolean {
  const next = text[to];
  const isEnd = next === undefined || next === '\n' || next === '\r';
  return isEnd && /(?:^|\n)(?:localhost|\*|[\w-]+(?:\.[\w-]+)+)$/.test(head);
}

export const passwordFileExamples: DetectorExamples = {
  finds: [
    'db.example.com:5432:shop:app:<<{b62:18}>>',
    'localhost:5432:*:postgres:<<{b62:16}>>\n',
    '*:*:reports:reader:<<{b62:16}>>',
    'db.example.com:5432:shop:app:<<letmein>>',
  ],
  leaves: ['db:5432:shop:app:', 'listening on 0.0.0.0:5432: shop: app: ok', 'arn:*:s3:::bucket1'],
};

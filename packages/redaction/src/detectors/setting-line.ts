import type { Scan } from '../engine/scan.ts';
import { nameStart } from './key-name.ts';

const REDIS_DIRECTIVE = /^(?:requirepass|masterauth) /;
const LONGEST_NETRC = 160;
const NETRC =
  /(?:\bmachine\s{1,4}\S{1,64}|(?:^|\s)default)\s{1,8}login\s{1,4}\S{1,64}\s{1,8}(?:account\s{1,4}\S{1,64}\s{1,8})?$/;

/** `requirepass word` of Redis, `ENV DB_PASSWORD word` of a container's recipe. */
export function isDirective(scan: Scan, nameAnchor: number): boolean {
  const { text } = scan;
  const start = nameStart(scan, nameAnchor);
  if (text.startsWith('ENV ', start - 4)) return true;
  const isLine =
    start === 0 ||
    text[start - 1] === '\n' ||
    /config set $/i.test(text.slice(Math.max(0, start - 11), start));
  return isLine && REDIS_DIRECTIVE.test(text.slice(start, start + 12));
}

/** `machine example.com login ada password …`, on one line or several. */
export function isNetrc(scan: Scan, nameAnchor: number): boolean {
  const { text } = scan;
  if (!text.startsWith('password', nameAnchor)) return false;
  // Looked for once in a text.
  if (scan.nextOf('login', 0) > nameAnchor) return false;
  scan.work += LONGEST_NETRC;
  return NETRC.test(text.slice(Math.max(0, nameAnchor - LONGEST_NETRC), nameAnchor));
}

import type { Scan } from '../engine/scan.ts';

const KIND = 'person_name';
/** How far before and behind the address a name is looked for. */
const REACH = 200;
const LESS_THAN = 60;
const PERSON = String.raw`\p{Lu}[\p{L}\p{M}.'’-]{1,24}(?: \p{Lu}[\p{L}\p{M}.'’-]{0,24}){1,3}`;
/** `Ada Lovelace <`, `"Ada Lovelace" <` */
const IN_FRONT = new RegExp(String.raw`(?:^|[^\p{L}.'’-])(${PERSON})\\{0,3}"?[ \t]{0,2}<$`, 'du');
const NAME_MEMBER = String.raw`["'](?:display_?|full_?|real_?|user_?)?name\\{0,7}["']\s{0,4}:\s{0,4}\\{0,7}["'](${PERSON})\\{0,7}["']`;
/** `"name": "Ada Lovelace", "email": "` in the same object. */
const MEMBER_BEFORE = new RegExp(`${NAME_MEMBER}[^{}]{0,96}$`, 'diu');
const MEMBER_BEHIND = new RegExp(String.raw`^\\{0,7}["'][^{}]{0,96}?${NAME_MEMBER}`, 'diu');
/** `name=Ada Lovelace;email=` */
const PAIR = new RegExp(
  String.raw`(?:^|[\s;,&?|])name[=:] ?(${PERSON})[;,&|]? ?(?:e-?mail|mail)[=:] ?$`,
  'diu',
);
const PLACEHOLDER = /REDACTED/;

/** The name of a person beside the address of a mail from `from` to `to`. */
export function findNameByMail(scan: Scan, from: number, to: number): void {
  const { text } = scan;
  const floor = Math.max(0, from - REACH);
  const before = text.slice(floor, from);
  scan.work += REACH;
  if (text.charCodeAt(from - 1) === LESS_THAN) return note(scan, IN_FRONT.exec(before), floor);
  const last = before.at(-1);
  if (last === '"' || last === "'") {
    note(scan, MEMBER_BEFORE.exec(before), floor);
    note(scan, MEMBER_BEHIND.exec(text.slice(to, to + REACH)), to);
  } else if (last === '=' || last === ':' || last === ' ') note(scan, PAIR.exec(before), floor);
}

function note(scan: Scan, match: RegExpExecArray | null, offset: number): void {
  const place = match?.indices?.[1];
  if (place === undefined || PLACEHOLDER.test(match![1]!)) return;
  // Capitals without regard to case would take any two words.
  if (!/^\p{Lu}/u.test(match![1]!) || !/ \p{Lu}/u.test(match![1]!)) return;
  scan.alsoFound(KIND, offset + place[0], offset + place[1]);
}

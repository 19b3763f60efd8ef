import type { Scan } from '../engine/scan.ts';
import { type Inner, innerBelow, isInnerNumber, isInnerSecret } from '../keys/inner-values.ts';
import { isPersonal, type KeyRules } from '../keys/key-rules.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

/** How far behind the name or the last finding a map is followed: as far as a stream can tell. */
const REACH = 256;
/** A member of a map, with its indentation: `  root: word`. */
const MEMBER =
  /\r?\n([ \t]{1,48})(?:- )?(?:"([\w. -]{1,64})"|'([\w. -]{1,64})'|([\w.-]{1,64})):(?:[ \t]{1,16}(?:"([^"\n]{1,256})"|'([^'\n]{1,256})'|([^\s"'#{}[\]&*!|>%@][^\n#]{0,256}?)))?[ \t]{0,16}(?:#[^\n]{0,128})?(?=\r?\n|$)/dy;
/** A line without one: empty, or a comment. */
const OTHER = /\r?\n[ \t]{0,48}(?:#[^\n]{0,128})?(?=\r?\n)/y;
const NUMBER = /^-?\d[\d.]*$/;

interface Level {
  readonly indent: number;
  readonly inner: Inner | undefined;
}

/** Whether the line ends at `at`, so that a map of YAML may stand below. */
export function endsLine(scan: Scan, at: number): boolean {
  const code = scan.code(at);
  return code === 10 || code === 13;
}

/**
 * What goes in the map of YAML whose name ends its line at `at`: `passwords:` and below it `root: word`. As in JSON, each
 * value is judged by the names around it.
 */
export function findYamlMap(
  scan: Scan,
  at: number,
  name: number,
  inner: Inner,
  rules: KeyRules,
): void {
  const { text } = scan;
  const levels: Level[] = [{ indent: indentOf(text, name), inner }];
  let last = at;
  for (let from = at; from - last < REACH;) {
    OTHER.lastIndex = from;
    if (OTHER.test(text)) {
      from = OTHER.lastIndex;
      continue;
    }
    MEMBER.lastIndex = from;
    const member = MEMBER.exec(text);
    if (member === null) break;
    from = MEMBER.lastIndex;
    scan.work += member[0].length;
    const indent = member[1]!.length;
    while (levels.length > 1 && indent <= levels.at(-1)!.indent) levels.pop();
    const around = levels.at(-1)!;
    if (indent <= around.indent) break;
    const key = member[2] ?? member[3] ?? member[4]!;
    const indices = member.indices!;
    const quoted = indices[5] ?? indices[6];
    const place = quoted ?? indices[7];
    if (place === undefined) {
      const below = rules.inside(key) ?? (around.inner && innerBelow(around.inner, key));
      levels.push({ indent, inner: below });
      continue;
    }
    if (around.inner === undefined || !isWanted(around.inner, key, text.slice(...place))) continue;
    const { decision } = around.inner;
    scan.alsoFound(isPersonal(decision) ? decision : SENSITIVE_KEY, ...place);
    last = from;
  }
}

function indentOf(text: string, at: number): number {
  const line = text.lastIndexOf('\n', at) + 1;
  let indent = line;
  while (indent < at && ' \t-'.includes(text[indent]!)) indent++;
  return indent - line;
}

function isWanted(inner: Inner, key: string, value: string): boolean {
  return NUMBER.test(value) ? isInnerNumber(inner, key, value) : isInnerSecret(inner, key, value);
}

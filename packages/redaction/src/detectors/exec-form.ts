import type { Scan } from '../engine/scan.ts';
import type { KeyRules } from '../keys/key-rules.ts';
import { secretItems } from '../secret-items.ts';
import type { Detector } from './detector.ts';

/** A list of texts without escapes, on one line, with quotes or as YAML has it. */
const LIST = /\[\s{0,4}(?:"[^"\\\n]{0,256}"\s{0,4},?\s{0,4}){2,32}\]/y;
const BARE_LIST =
  /\[ ?(?:(?:"[^"\\\n]{0,256}"|'[^'\\\n]{0,256}'|[^\s"'[\]{},][^"'[\]{},\n]{0,256}), ?){1,31}(?:"[^"\\\n]{0,256}"|'[^'\\\n]{0,256}'|[^\s"'[\]{},][^"'[\]{},\n]{0,256})\]/y;
/** One item on a line, which is no name of its own: with a hyphen in YAML, without one as `kubectl describe` prints it. */
const LINES =
  /(?:[ \t]{1,32}-?[ \t]{0,4}(?![^\r\n]{0,256}:\r?\n)[^\s:#|>&*!%@`{}[\]][^\r\n]{0,256}(?:\r?\n|$)){2,32}/y;
/** As far as a stream looks ahead. */
const LONGEST = 480;
const ITEM = /"([^"]*)"/dg;
const BARE_ITEM = /"([^"]*)"|'([^']*)'|([^\s"'[\]{},][^,\]]*)/dg;
const LINE_ITEM = /^[ \t]+(?:-[ \t]+)?(?:"([^"\n]*)"|'([^'\n]*)'|([^\r\n]*?))[ \t]*\r?$/dgm;

/** Passwords of commands that recipes of containers write as lists: `CMD ["mysql", "-pword"]`, `args:` and lines. */
export function execForm(rules: KeyRules): Detector {
  return {
    kind: 'sensitive_key',
    preset: 'secrets',
    anchors: [
      'cmd [',
      'command: [',
      'entrypoint [',
      'entrypoint: [',
      'test: [',
      'args: [',
      'run [',
      'command:\n',
      'entrypoint:\n',
      'args:\n',
    ],
    find(scan, _start, end) {
      if (scan.text[end - 1] === '\n') note(scan, end, itemsOf(scan, end, LINES, LINE_ITEM), rules);
      else {
        const quoted = itemsOf(scan, end - 1, LIST, ITEM);
        const items = quoted ?? itemsOf(scan, end - 1, BARE_LIST, BARE_ITEM);
        note(scan, end - 1, items, rules);
      }
      return false;
    },
  };
}

interface Item {
  readonly text: string;
  readonly from: number;
}

function itemsOf(scan: Scan, start: number, list: RegExp, item: RegExp): Item[] | undefined {
  list.lastIndex = start;
  const found = list.exec(scan.text)?.[0].slice(0, LONGEST);
  if (found === undefined) return undefined;
  scan.work += found.length;
  return Array.from(found.matchAll(item), ({ indices }) => {
    const [from, to] = indices![1] ?? indices![2] ?? indices![3]!;
    return { text: found.slice(from, to), from };
  });
}

function note(
  scan: Scan,
  start: number,
  items: readonly Item[] | undefined,
  rules: KeyRules,
): void {
  if (items === undefined || items.length < 2) return;
  const isCheck = items[0]!.text === 'CMD' || items[0]!.text === 'CMD-SHELL';
  const words = items.slice(isCheck ? 1 : 0);
  for (const { index, from, to } of secretItems(
    words.map(({ text }) => text),
    rules,
    false,
  )) {
    const at = start + words[index]!.from;
    scan.alsoFound('sensitive_key', at + from, at + to);
  }
}

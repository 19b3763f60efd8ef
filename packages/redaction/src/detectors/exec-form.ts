import type { KeyRules } from '../keys/key-rules.ts';
import { secretItems } from '../secret-items.ts';
import type { Detector } from './detector.ts';

/** A list of texts without escapes, on one line. */
const LIST = /\[\s{0,4}(?:"[^"\\\n]{0,256}"\s{0,4},?\s{0,4}){2,32}\]/y;
/** As far as a stream looks ahead. */
const LONGEST = 480;
const ITEM = /"([^"]*)"/dg;

/** Passwords of commands that recipes of containers write as lists: `CMD ["mysql", "-pword"]`. */
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
    ],
    find(scan, _start, end) {
      LIST.lastIndex = end - 1;
      const list = LIST.exec(scan.text)?.[0];
      if (list === undefined || list.length > LONGEST) return false;
      scan.work += list.length;
      const items = [...list.matchAll(ITEM)];
      const isCheck = items[0]![1] === 'CMD' || items[0]![1] === 'CMD-SHELL';
      const words = items.slice(isCheck ? 1 : 0);
      for (const { index, from, to } of secretItems(
        words.map(([, word]) => word!),
        rules,
        false,
      )) {
        const start = end - 1 + words[index]!.indices![1]![0];
        scan.alsoFound('sensitive_key', start + from, start + to);
      }
      return false;
    },
  };
}

import { isLikelySecret } from '../engine/looks-random.ts';
import type { KeyRules } from '../keys/key-rules.ts';
import { placeIn } from './behind-pattern.ts';
import { judgeColumn } from './column-value.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

/** `Key (tenant, api_key)=(acme, …)`, up to the value. */
const COLUMNS = /([\w", ]{1,128})\)=\(/y;
const VALUES = /([^\r\n]{1,400}?)\)(?= |$|[\r\n"'\\.,])/dy;
/** `Duplicate entry '…' for key 'users.api_key'` */
const ENTRY = /([^'\r\n]{1,256})' for key '([\w.-]{1,96})'/dy;
const INDEX_WORDS = /^(?:uq|uk|ux|ix|idx)_|_(?:unique|uniq|key|idx|index|uk|uq)$/gi;
/** `The duplicate key value is (…)` */
const KEY_VALUE = /([^()\r\n]{1,256})\)/dy;

/** What a database says of a value that breaks a rule, beside the name of its column. */
export function constraintValues(rules: KeyRules): Detector {
  return {
    kind: SENSITIVE_KEY,
    preset: 'secrets',
    anchors: ['key (', "duplicate entry '", 'duplicate key value is ('],
    find(scan, start, end) {
      const { text } = scan;
      if (text[end - 1] === "'") {
        ENTRY.lastIndex = end;
        const match = ENTRY.exec(text);
        if (match === null) return false;
        const name = match[2]!.slice(match[2]!.lastIndexOf('.') + 1).replaceAll(INDEX_WORDS, '');
        judgeColumn(scan, ...match.indices![1]!, rules.decide(name));
        return false;
      }
      if (end - start > 'key ('.length) {
        const [from, to] = placeIn(KEY_VALUE, scan, end) ?? [0, 0];
        if (isLikelySecret(text, from, to)) scan.alsoFound(SENSITIVE_KEY, from, to);
        return false;
      }
      COLUMNS.lastIndex = end;
      const columns = COLUMNS.exec(text)?.[1];
      if (columns === undefined) return false;
      VALUES.lastIndex = COLUMNS.lastIndex;
      const match = VALUES.exec(text);
      scan.work += match?.[0].length ?? 1;
      if (match === null) return false;
      let at = match.indices![1]![0];
      const names = columns.split(',');
      const values = names.length === 1 ? [match[1]!] : match[1]!.split(', ');
      if (values.length !== names.length) return false;
      for (const [index, value] of values.entries()) {
        judgeColumn(scan, at, at + value.length, rules.decide(names[index]!.trim()));
        at += value.length + 2;
      }
      return false;
    },
  };
}

export const constraintValuesExamples: DetectorExamples = {
  finds: [
    'DETAIL:  Key (api_key)=(<<{b62:40}>>) already exists.',
    'DETAIL:  Key (tenant_id, access_token)=(7, <<{b62:40}>>) already exists.',
    "Duplicate entry '<<{b62:40}>>' for key 'users.api_key_UNIQUE'",
    "with unique index 'IX_Users_ApiKey'. The duplicate key value is (<<{b62:40}>>).",
  ],
  leaves: [
    'DETAIL:  Key (id)=(4711) already exists.',
    'Key (order_id)=(17) is not present in table "orders".',
    "Duplicate entry 'Berlin' for key 'cities.name'",
    'The duplicate key value is (4711, 12).',
    'a key (like this)=(that)',
  ],
};

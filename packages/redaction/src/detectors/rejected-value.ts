import type { Scan } from '../engine/scan.ts';
import { isPairedSecret } from '../keys/paired-value.ts';
import type { KeyRules } from '../keys/key-rules.ts';
import { isPersonal } from '../keys/key-rules.ts';
import { isPersonalValue } from '../keys/personal-names.ts';
import { closingQuote } from './closing-quote.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterQuote, afterSpaces } from './key-name.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

/** How far before and behind the value its field is named. A stream looks ahead for more. */
const REACH = 240;
/** `"loc":["body","password"],"msg":"…"`, `"field": "password"`, in the same object. */
const FIELD =
  'loc|path|field|field_?name|property|property_?name|property_?path|param|attribute|instance_?path|data_?path|pointer';
const STRING = String.raw`\\{0,7}["']([\w./-]{1,64})\\{0,7}["']`;
const NAME_OF = String.raw`["'](?:${FIELD})\\{0,7}["']\s{0,4}:\s{0,4}(?:\[[^[\]{}]{0,128}?${STRING}\s{0,4}\]|${STRING})`;
const NAMED_BEFORE = new RegExp(`${NAME_OF}[^{}]*$`, 'i');
const NAMED_BEHIND = new RegExp(String.raw`^\\{0,7}["'][^{}]{0,200}?${NAME_OF}`, 'i');
/** Spring: `Field error in object 'user' on field 'password': rejected value [` */
const ON_FIELD = /on field '([\w.[\]]{1,64})': $/i;
const BRACKETED = /([^[\]\r\n]{1,256})\]/y;
/** GraphQL: `"…" at "input.password"`, `"…"; Field "password"` */
const AT_FIELD = /^\\{0,7}["'] (?:at|for|in) \\{0,7}["']([\w.[\]]{1,64})\\{0,7}["']/;
/** Pydantic: the field on a line of its own, and what is wrong with it below. */
const LINE_ABOVE = /(?:^|\n|\\n)([A-Za-z][\w.]{0,63})(?:\n|\\n)[^\n]{0,200}$/;

/** What a validation refused, beside the name of its field: `{"field": "password", "rejectedValue": "…"}`. */
export function rejectedValue(rules: KeyRules): Detector {
  return {
    kind: SENSITIVE_KEY,
    preset: 'secrets',
    insideWord: true,
    // `input_value=` without its start, which is that of `input_tokens`.
    anchors: [
      'id value "',
      "id value '",
      'id value \\',
      'rejectedvalue',
      'rejected_value',
      'rejected value [',
      'attemptedvalue',
      't_value=',
    ],
    find(scan, start, end) {
      const { text } = scan;
      const before = text.slice(Math.max(0, start - REACH), start);
      scan.work += before.length;
      const last = text[end - 1];
      // `got invalid value "`, of which the start stands in too many words.
      if (last !== '[' && text[end - 2] === ' ')
        return before.endsWith('got inval') && findInvalid(scan, rules, end - 1);
      if (last === '[') {
        BRACKETED.lastIndex = end;
        const value = BRACKETED.exec(text)?.[1];
        return (
          value !== undefined &&
          judge(scan, rules, ON_FIELD.exec(before)?.[1], end, end + value.length)
        );
      }
      let at = end;
      if (last !== '=') {
        at = afterSpaces(scan, afterQuote(scan, end));
        if (text[at] !== ':') return false;
        at = afterSpaces(scan, at + 1);
      }
      const from = afterQuote(scan, at);
      if (from === at) return false;
      const to = closingQuote(scan, from, text.slice(at, from));
      if (to < 0) return false;
      if (last === '=')
        return (
          before.endsWith('inpu') && judge(scan, rules, LINE_ABOVE.exec(before)?.[1], from, to)
        );
      const named =
        NAMED_BEFORE.exec(before) ?? NAMED_BEHIND.exec(text.slice(to, to + REACH)) ?? undefined;
      scan.work += REACH;
      return judge(scan, rules, named?.[1] ?? named?.[2], from, to);
    },
  };
}

/** GraphQL names the field behind the value. */
function findInvalid(scan: Scan, rules: KeyRules, at: number): boolean {
  const from = afterQuote(scan, at);
  const to = from > at ? closingQuote(scan, from, scan.text.slice(at, from)) : -1;
  if (to < 0) return false;
  scan.work += REACH;
  const name = AT_FIELD.exec(scan.text.slice(to, to + REACH))?.[1];
  return judge(scan, rules, name?.slice(name.lastIndexOf('.') + 1), from, to);
}

function judge(
  scan: Scan,
  rules: KeyRules,
  name: string | undefined,
  from: number,
  to: number,
): boolean {
  if (name === undefined) return false;
  const decision = rules.decide(name.slice(name.lastIndexOf('/') + 1));
  if (decision === 'none' || decision === 'allow') return false;
  scan.sawSensitiveKey = true;
  if (isPersonal(decision))
    return isPersonalValue(decision, scan.text.slice(from, to)) && scan.found(decision, from, to);
  return isPairedSecret(decision, scan.text, from, to) && scan.found(SENSITIVE_KEY, from, to);
}

export const rejectedValueExamples: DetectorExamples = {
  finds: [
    '{"detail":[{"loc":["body","password"],"msg":"too short","type":"t","input":"<<Qwerty123!>>"}]}',
    'x {"field":"password","message":"weak","rejectedValue":"<<P@ssw0rd1>>"}',
    'x {"rejectedValue":"<<P@ssw0rd1>>","field":"user.password"}',
    "Field error in object 'user' on field 'password': rejected value [<<swordfish1>>]; codes",
    "1 validation error for User\napi_key\n  Value error [type=value_error, input_value='<<{b62:40}>>', input_type=str]",
    'Variable "$input" got invalid value "<<Qwerty123!>>" at "input.password"; Expected',
    '[{"code":"custom","path":["apiKey"],"received":"<<{b62:40}>>"}]',
  ],
  leaves: [
    'x {"field":"city","rejectedValue":"Berlin12"}',
    'x {"loc":["body","password"],"msg":"field required","input":"undefined"}',
    "Field error in object 'user' on field 'age': rejected value [abc123]",
    'x {"path":["token"],"expected":"string","received":"undefined"}',
    'Variable "$input" got invalid value "Qwerty123!" at "input.city"; Expected',
    'x {"name":"a"},{"input":"Qwerty123!"}',
  ],
};

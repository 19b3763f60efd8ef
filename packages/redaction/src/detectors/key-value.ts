import { isIn, LOWER, UPPER } from '../engine/characters.ts';
import type { Scan } from '../engine/scan.ts';
import { lettersAt } from '../engine/small-letter.ts';
import type { KeyAnchor } from '../keys/key-anchors.ts';
import { isPersonal, type KeyDecision, type KeyRules } from '../keys/key-rules.ts';
import type { Detector } from './detector.ts';
import { findBlocked, findInside, structureStart } from './inner-structure.ts';
import { findHtmlColumns } from './html-table.ts';
import { afterQuote, afterSpaces, nameEnd, nameStart } from './key-name.ts';
import { findBirthDate, findLabelled } from './labelled-value.ts';
import { isCode } from './code-value.ts';
import { findBeside, findCalled, findInProse, findPaired, findValue } from './named-value.ts';
import { startsAsPlaceholder } from './placeholder-value.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';
import { findColumns } from './table-columns.ts';
import { findParameter, mayBeParameter } from './sql-parameter.ts';
import { valueStart } from './value-start.ts';
import { endsLine, findYamlMap } from './yaml-map.ts';

const SMALL_S = 115;
const SMALL_I = 105;
const CHECKSUM = 'checksum/';
const COLON = 58;
const SLASH = 47;
const MOST_BETWEEN = 10;
/** What stands between a name and the map or list behind it: quotes, what ties them, spaces. */
const BETWEEN = new Uint8Array(128);
for (const character of '"\'\\:=> ') BETWEEN[character.charCodeAt(0)] = 1;
/** Words of a name with spaces between them. */
const MOST_WORDS = 4;

/**
 * `password=…`, `"api_key": "…"`, `--token …`, `<secret>…`: the value behind a name that asks for redaction.
 * One detector for each anchor, with what is known about the letters behind it.
 */
export function keyValueDetectors(rules: KeyRules): Detector[] {
  return rules.anchors.map((anchor) => keyValueDetector(anchor, rules));
}

function keyValueDetector(
  { text, continuations, surroundings }: KeyAnchor,
  rules: KeyRules,
): Detector {
  const mayFollow = new Uint8Array(128);
  for (const letter of continuations) mayFollow[letter.charCodeAt(0) & 127] = 1;
  // The pass does not tell letters beyond ASCII apart.
  const isInexact = /[^\0-\x7f]/.test(text);
  const isToken = text === 'token';
  const standsAt = lettersAt(text);
  // Of several words the last ones may be a name alone, and the maps around may make one.
  const isOneWord = !text.includes(' ') && !rules.usesPaths;
  return {
    kind: SENSITIVE_KEY,
    preset: 'secrets',
    anchors: [text],
    insideWord: true,
    find(scan, start, end) {
      if (isInexact && !standsAt(scan.text, start)) return false;
      // `tokens`, `authors`, `secretary`: most names are another word, and this is all they cost.
      const next = scan.text.charCodeAt(end) | 32;
      const isWord = next >= 97 && next <= 122 && goesOn(scan, end);
      if (isWord && mayFollow[next] === 0) return false;
      let isContainer = false;
      if (isToken && next === SMALL_S && !isOfAccess(scan, start)) {
        isContainer = opens(scan, end + 1);
        if (!isContainer) return false;
      }
      // `input_tokens`, `telemetry`, `true`
      if (isOneWord && !isContainer && !surroundings.allow(scan.text, start, end, isWord))
        return false;
      const keyEnd = nameEnd(scan, end);
      findColumns(scan, rules, keyEnd);
      if (scan.text[keyEnd] === '<') findHtmlColumns(scan, rules, keyEnd);
      const quoteEnd = afterQuote(scan, keyEnd);
      const { at: value, manner } = valueStart(scan, keyEnd, quoteEnd, start);
      if (value < 0 && quoteEnd === keyEnd) return false;
      const keyStart = nameStart(scan, start);
      // `checksum/secret: …`, a digest.
      if (scan.code(keyStart - 1) === SLASH && scan.text.endsWith(CHECKSUM, keyStart)) return false;
      const { key, decision } = judged(scan, rules, keyStart, keyEnd);
      // A rule with a path may still hold in the maps around, and a name be the value next to another one.
      if (decision !== 'none' || rules.usesPaths) scan.sawSensitiveKey = true;
      if (lookInside(scan, rules, key, decision, keyEnd, quoteEnd)) return true;
      if (scan.code(quoteEnd) === COLON && endsLine(scan, afterSpaces(scan, quoteEnd + 1)))
        lookBelow(scan, rules, key, keyStart, afterSpaces(scan, quoteEnd + 1));
      if (value >= 0 && manner === 'paired' && '{['.includes(scan.text.charAt(value) || ' '))
        return lookInsidePair(scan, rules, key, value);
      if (value < 0 || decision === 'none' || decision === 'allow') return false;
      if (manner === 'assigned' && mayBeParameter(scan.code(value)))
        findParameter(scan, value, decision);
      if (decision === 'block' && isCode(scan.text, keyEnd, value) && rules.isIdentity(key))
        return false;
      if (manner === 'beside' && decision === 'date_of_birth') return findBirthDate(scan, value);
      if (isPersonal(decision))
        return (
          (manner === 'assigned' || manner === 'said' || decision === 'card_code') &&
          findLabelled(scan, value, afterQuote(scan, value), decision)
        );
      const quote = manner === 'assigned' ? scan.text.slice(keyEnd, quoteEnd) : '';
      const before = scan.text.charAt(keyStart - 1);
      const name = { key, start: keyStart, end: keyEnd, decision, quote, before };
      if (manner === 'assigned') return findValue(scan, value, name);
      if (manner === 'paired') return findPaired(scan, value, name);
      if (manner === 'called') return findCalled(scan, value, name);
      return manner === 'said' ? findInProse(scan, value, name) : findBeside(scan, value, name);
    },
  };
}

/** Looks into the map or list behind the name. Returns whether it went as a whole. */
function lookInside(
  scan: Scan,
  rules: KeyRules,
  key: string,
  decision: KeyDecision,
  keyEnd: number,
  quoteEnd: number,
): boolean {
  const structure = structureStart(scan, quoteEnd);
  if (structure < 0) return false;
  if (decision === 'block')
    return (
      scan.text[structure] === '{' &&
      findBlocked(scan, structure, scan.text.slice(keyEnd, quoteEnd), rules)
    );
  const inner = rules.inside(key);
  if (inner === undefined) return false;
  scan.sawSensitiveKey = true;
  findInside(scan, structure, inner, rules);
  return false;
}

/** Looks into the map of YAML below the name. */
function lookBelow(scan: Scan, rules: KeyRules, key: string, name: number, lineEnd: number): void {
  const inner = rules.inside(key);
  if (inner !== undefined) findYamlMap(scan, lineEnd, name, inner, rules);
}

/** `"key": "password", "value": {"stringValue": "…"}`, as OTLP has it. The pass goes on in it. */
function lookInsidePair(scan: Scan, rules: KeyRules, key: string, structure: number): false {
  const inner = rules.inside(key);
  if (inner === undefined || startsAsPlaceholder(scan.text, structure)) return false;
  scan.sawSensitiveKey = true;
  findInside(scan, structure, inner, rules);
  return false;
}

/** Whether a map or a list follows the name that ends at `end`: `"tokens": [`, and not `"input_tokens": 3`. */
function opens(scan: Scan, end: number): boolean {
  const { text } = scan;
  let at = end;
  while (at < end + MOST_BETWEEN && BETWEEN[text.charCodeAt(at) & 127] === 1) at++;
  const code = text.charCodeAt(at);
  // A digit, mostly.
  if (code < 58) return false;
  // A bracket, or the first letter of a word before one.
  const mayOpen = code === 123 || code === 91 || (at > end && isIn(UPPER | LOWER, code));
  return mayOpen && structureStart(scan, afterQuote(scan, end)) >= 0;
}

/** What the rules say of the name, or of it with the words before it: `patient name: …`. */
function judged(
  scan: Scan,
  rules: KeyRules,
  keyStart: number,
  keyEnd: number,
): { readonly key: string; readonly decision: KeyDecision } {
  const key = scan.text.slice(keyStart, keyEnd);
  const decision = rules.decide(key);
  if (decision !== 'none' || !rules.usesPaths) return { key, decision };
  let start = keyStart;
  for (let words = 1; words < MOST_WORDS && scan.text[start - 1] === ' '; words++) {
    start = nameStart(scan, start - 1);
    const longer = scan.text.slice(start, keyEnd);
    if (rules.decide(longer) === 'block') return { key: longer, decision: 'block' };
  }
  return { key, decision };
}

/** Whether `tokens` may be those of `access_tokens` and `apiTokens`: every span of a model has `input_tokens`. */
function isOfAccess(scan: Scan, start: number): boolean {
  const before = scan.code(scan.is(LOWER | UPPER, start - 1) ? start - 1 : start - 2) | 32;
  return before === SMALL_S || before === SMALL_I;
}

/** Whether the word goes on at `index`: a letter in the case of the one before it. */
function goesOn(scan: Scan, index: number): boolean {
  const code = scan.code(index);
  return isIn(LOWER, code) || (isIn(UPPER, code) && scan.is(UPPER, index - 1));
}

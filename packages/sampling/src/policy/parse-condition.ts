import {
  amount,
  type Check,
  checkMembers,
  fail,
  flag,
  isPlain,
  type Json,
  number,
  objectAt,
  oneOf,
  pattern,
} from './json-checks.ts';
import type { SamplingCondition } from './sampling-condition.ts';

const MAX_VALUES = 100;

const members: Readonly<Record<keyof SamplingCondition, Check | undefined>> = {
  name: pattern,
  service: pattern,
  model: pattern,
  agent: pattern,
  minDurationMillis: amount,
  minTokens: amount,
  minCostMicroUsd: amount,
  minSpans: amount,
  error: flag,
  kind: oneOf(['internal', 'server', 'client', 'producer', 'consumer']),
  attributes: undefined,
  evaluation: undefined,
  feedback: undefined,
};
const plainMembers = Object.fromEntries(
  Object.entries(members).filter((entry): entry is [string, Check] => entry[1] !== undefined),
);
const scoreMembers = { label: pattern, minScore: number, maxScore: number };
const evaluationMembers = { name: pattern, ...scoreMembers };
const matchMembers: Readonly<Record<string, Check>> = {
  oneOf: {
    holds: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.length <= MAX_VALUES &&
      value.every((one) => isPlain(one)),
    use: `a list of 1 to ${MAX_VALUES} texts, numbers, true or false`,
  },
  like: pattern,
  min: number,
  max: number,
  exists: flag,
};

export function parseCondition(json: unknown, path: string): SamplingCondition {
  const when = objectAt(json, path, Object.keys(members));
  checkMembers(when, path, plainMembers);
  const { attributes, evaluation, feedback } = when;
  if (attributes !== undefined) checkAttributes(attributes, `${path}.attributes`);
  if (evaluation !== undefined) checkScore(evaluation, `${path}.evaluation`, evaluationMembers);
  if (feedback !== undefined) checkScore(feedback, `${path}.feedback`, scoreMembers);
  // A copy, so that a caller's later change of the object does not get past the checks.
  return structuredClone(when);
}

function checkAttributes(json: unknown, path: string): void {
  for (const [key, match] of Object.entries(objectAt(json, path))) {
    if (match === undefined || isPlain(match)) continue;
    const at = `${path}.${key}`;
    if (typeof match !== 'object' || match === null || Array.isArray(match)) {
      fail(at, match, 'a text, a number, true, false, or an object such as { "min": 500 }');
    }
    const known = Object.keys(matchMembers);
    const parts: Json = objectAt(match, at, known);
    if (Object.keys(parts).length === 0) fail(at, match, `an object with ${known.join(', ')}`);
    checkMembers(parts, at, matchMembers);
    checkRange(parts, at, ['min', 'max']);
    if (parts['exists'] === false && Object.keys(parts).length > 1) {
      fail(`${at}.exists`, false, 'it alone: what is not there fulfils nothing else');
    }
  }
}

function checkScore(json: unknown, path: string, checks: Readonly<Record<string, Check>>): void {
  const score = objectAt(json, path, Object.keys(checks));
  checkMembers(score, path, checks);
  checkRange(score, path, ['minScore', 'maxScore']);
}

function checkRange(parts: Json, path: string, [least, most]: readonly [string, string]): void {
  const min = parts[least];
  const max = parts[most];
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    fail(`${path}.${most}`, max, `a number that is not below ${least}, ${min}`);
  }
}

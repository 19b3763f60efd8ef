import { InvalidOptionError } from '@llm-otel/core/errors';
import { policyPresets } from './policy-presets.ts';
import type { Keep, SamplingCondition, SamplingPolicy, SamplingRule } from './sampling-policy.ts';

// The rules a trace matches are kept as bits of one small integer.
const MAX_RULES = 30;

const kinds = ['internal', 'server', 'client', 'producer', 'consumer'];
const patterns = ['name', 'service', 'model', 'agent'];
const minimums = ['minDurationMillis', 'minTokens', 'minCostMicroUsd'];
const conditions = [...patterns, ...minimums, 'error', 'kind', 'attributes'];

/**
 * Checks a policy that was read from a file or an environment variable. Takes the name of a preset as well:
 * `'development'` or `'errors-and-10-percent'`.
 * @param option - what the policy is called in an error
 * @throws InvalidOptionError that names the place, such as `sampling.rules[1].keep.ratio`
 */
export function parseSamplingPolicy(json: unknown, option: string = 'sampling'): SamplingPolicy {
  if (typeof json === 'string') return presetNamed(json, option);
  const policy = objectAt(json, option, ['version', 'rules']);
  if (policy['version'] !== 1) fail(`${option}.version`, policy['version'], '1');
  const { rules } = policy;
  if (!Array.isArray(rules) || rules.length === 0 || rules.length > MAX_RULES) {
    fail(`${option}.rules`, rules, `a list of 1 to ${MAX_RULES} rules`);
  }
  const parsed = rules.map((rule, at) => parseRule(rule, `${option}.rules[${at}]`));
  const names = new Set<string>();
  for (const [at, { name }] of parsed.entries()) {
    if (names.has(name)) fail(`${option}.rules[${at}].name`, name, 'a name that no other rule has');
    names.add(name);
  }
  return { version: 1, rules: parsed };
}

function presetNamed(name: string, option: string): SamplingPolicy {
  const preset = Object.hasOwn(policyPresets, name) ? policyPresets[name] : undefined;
  return (
    preset ?? fail(option, name, `a policy, or one of ${Object.keys(policyPresets).join(', ')}`)
  );
}

function parseRule(json: unknown, path: string): SamplingRule {
  const { name, when, keep } = objectAt(json, path, ['name', 'when', 'keep']);
  if (typeof name !== 'string' || name.trim() === '') {
    fail(`${path}.name`, name, 'a text that says what the rule is about');
  }
  const parsed = { name, keep: parseKeep(keep, `${path}.keep`) };
  return when === undefined ? parsed : { ...parsed, when: parseCondition(when, `${path}.when`) };
}

function parseKeep(json: unknown, path: string): Keep {
  if (json === 'all' || json === 'none') return json;
  if (typeof json !== 'object') fail(path, json, '"all", "none" or { "ratio": 0.1 }');
  const { ratio } = objectAt(json, path, ['ratio']);
  if (typeof ratio !== 'number' || !(ratio >= 0 && ratio <= 1)) {
    fail(`${path}.ratio`, ratio, 'a number from 0 to 1');
  }
  return { ratio };
}

function parseCondition(json: unknown, path: string): SamplingCondition {
  const when = objectAt(json, path, conditions);
  for (const key of patterns) check(when, path, key, isText, 'a text, in which * stands for any');
  for (const key of minimums) check(when, path, key, isAmount, 'a number that is not negative');
  check(when, path, 'error', (value) => typeof value === 'boolean', 'true or false');
  check(
    when,
    path,
    'kind',
    (value) => kinds.includes(value as string),
    `one of ${kinds.join(', ')}`,
  );
  if (when['attributes'] !== undefined) {
    const attributes = objectAt(when['attributes'], `${path}.attributes`);
    for (const key of Object.keys(attributes)) {
      check(attributes, `${path}.attributes`, key, isPlain, 'a text, a number, true or false');
    }
  }
  // A copy, so that a caller's later change of the object does not get past the checks.
  return structuredClone(when);
}

function check(
  object: Readonly<Record<string, unknown>>,
  path: string,
  key: string,
  isValid: (value: unknown) => boolean,
  use: string,
): void {
  const value = object[key];
  if (value !== undefined && !isValid(value)) fail(`${path}.${key}`, value, use);
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isAmount = (value: unknown): boolean => typeof value === 'number' && value >= 0;
const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

/** `json` as an object that has no other keys than `known`. */
function objectAt(json: unknown, path: string, known?: readonly string[]): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    fail(path, json, known === undefined ? 'an object' : `an object with ${known.join(', ')}`);
  }
  for (const key of known === undefined ? [] : Object.keys(json)) {
    if (known?.includes(key) !== true) {
      fail(`${path}.${key}`, (json as Record<string, unknown>)[key], `one of ${known?.join(', ')}`);
    }
  }
  return json as Record<string, unknown>;
}

function fail(option: string, value: unknown, use: string): never {
  throw new InvalidOptionError({ option, value, use });
}

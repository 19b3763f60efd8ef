import { checkMembers, fail, isOneLine, isText, objectAt, share } from './json-checks.ts';
import { parseCondition } from './parse-condition.ts';
import { parseKeep } from './parse-keep.ts';
import { policyPreset, policyPresets } from './policy-presets.ts';
import type { SamplingPolicy, SamplingRule } from './sampling-policy.ts';

// The rules a trace matches are kept as bits of one small integer.
const MAX_RULES = 30;
const MAX_REVISION_LENGTH = 100;

/**
 * Checks a policy that was read from a file or an environment variable. Takes the name of a preset as well:
 * `'development'`, `'errors-and-10-percent'` or `'errors-only'`.
 * @param option - what the policy is called in an error
 * @throws InvalidOptionError that names the place, such as `sampling.rules[1].keep.ratio`
 */
export function parseSamplingPolicy(json: unknown, option: string = 'sampling'): SamplingPolicy {
  if (typeof json === 'string') return presetNamed(json, option);
  const policy = objectAt(json, option, ['version', 'revision', 'floor', 'ceiling', 'rules']);
  if (policy['version'] !== 1) fail(`${option}.version`, policy['version'], '1');
  checkMembers(policy, option, {
    revision: {
      holds: (value) => isText(value) && isOneLine(value) && value.length <= MAX_REVISION_LENGTH,
      use: `a text of 1 to ${MAX_REVISION_LENGTH} characters`,
    },
    floor: share,
    ceiling: share,
  });
  const { rules, ...settings } = policy as Partial<SamplingPolicy>;
  const { floor = 0, ceiling = 1 } = settings;
  if (floor > ceiling)
    fail(`${option}.ceiling`, ceiling, `a number that is not below the floor, ${floor}`);
  if (!Array.isArray(rules) || rules.length === 0 || rules.length > MAX_RULES) {
    fail(`${option}.rules`, rules, `a list of 1 to ${MAX_RULES} rules`);
  }
  const parsed = rules.map((rule, at) => parseRule(rule, `${option}.rules[${at}]`));
  const names = new Set<string>();
  for (const [at, { name }] of parsed.entries()) {
    if (names.has(name)) fail(`${option}.rules[${at}].name`, name, 'a name that no other rule has');
    names.add(name);
  }
  return { ...settings, version: 1, rules: parsed };
}

function presetNamed(name: string, option: string): SamplingPolicy {
  return (
    policyPreset(name) ??
    fail(option, name, `a policy, or one of ${Object.keys(policyPresets).join(', ')}`)
  );
}

function parseRule(json: unknown, path: string): SamplingRule {
  const { name, when, keep } = objectAt(json, path, ['name', 'when', 'keep']);
  if (typeof name !== 'string' || name.trim() === '') {
    fail(`${path}.name`, name, 'a text that says what the rule is about');
  }
  if (!isOneLine(name)) {
    fail(
      `${path}.name`,
      name,
      'a name without line breaks, control characters and half characters',
    );
  }
  const parsed = { name, keep: parseKeep(keep, `${path}.keep`) };
  return when === undefined ? parsed : { ...parsed, when: parseCondition(when, `${path}.when`) };
}

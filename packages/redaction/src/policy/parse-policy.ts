import { InvalidOptionError } from '@llm-otel/core/errors';
import { checkPattern } from './check-pattern.ts';
import type {
  ContentPolicy,
  RedactionAction,
  RedactionLevel,
  RedactionPattern,
  RedactionPolicy,
  RedactionPreset,
} from './redaction-policy.ts';

const presets: readonly RedactionPreset[] = ['secrets', 'pii', 'strict'];
const actions: readonly RedactionAction[] = ['mask', 'partial', 'remove', 'hash', 'token'];
const levels: readonly RedactionLevel[] = ['certain', 'likely', 'high'];
const members = [
  'version',
  'enabled',
  'presets',
  'level',
  'detectors',
  'prompts',
  'completions',
  'tools',
  'keys',
  'values',
  'actions',
  'maxValueLength',
  'patterns',
  'patternBudgetMillis',
  'valueBudgetMillis',
  'sensitivity',
];

export interface ParsePolicyOptions {
  /** True where patterns run in an engine that is linear for every pattern, such as RE2. @defaultValue false */
  readonly anyPattern?: boolean | undefined;
}

/**
 * Reads a policy from JSON.
 * @throws InvalidOptionError naming the member, such as `redaction.patterns[0].pattern`
 */
export function parseRedactionPolicy(
  json: unknown,
  { anyPattern = false }: ParsePolicyOptions = {},
): RedactionPolicy {
  const path = 'redaction';
  const policy = objectAt(path, json, members);
  if (policy.version !== 1) fail(`${path}.version`, policy.version, '1');
  const keys = optional(policy.keys, (value) =>
    objectAt(`${path}.keys`, value, ['block', 'allow']),
  );
  const detectors = optional(policy.detectors, (value) =>
    objectAt(`${path}.detectors`, value, ['add', 'drop']),
  );
  const values = optional(policy.values, (value) => objectAt(`${path}.values`, value, ['allow']));
  return withoutUndefined({
    version: 1,
    enabled: booleanAt(`${path}.enabled`, policy.enabled),
    presets: optional(policy.presets, (value) =>
      (Array.isArray(value)
        ? (value as unknown[])
        : fail(`${path}.presets`, value, 'an array')
      ).map((preset, index) => oneOf(`${path}.presets[${index}]`, preset, presets)),
    ),
    level: optional(policy.level, (value) => oneOf(`${path}.level`, value, levels)),
    detectors:
      detectors &&
      withoutUndefined({
        add: stringsAt(`${path}.detectors.add`, detectors.add),
        drop: stringsAt(`${path}.detectors.drop`, detectors.drop),
      }),
    prompts: contentAt(`${path}.prompts`, policy.prompts),
    completions: contentAt(`${path}.completions`, policy.completions),
    tools: contentAt(`${path}.tools`, policy.tools),
    sensitivity: booleanAt(`${path}.sensitivity`, policy.sensitivity),
    patternBudgetMillis: budgetAt('patternBudgetMillis', policy.patternBudgetMillis),
    valueBudgetMillis: budgetAt('valueBudgetMillis', policy.valueBudgetMillis),
    keys:
      keys &&
      withoutUndefined({
        block: stringsAt(`${path}.keys.block`, keys.block),
        allow: stringsAt(`${path}.keys.allow`, keys.allow),
      }),
    values: values && withoutUndefined({ allow: stringsAt(`${path}.values.allow`, values.allow) }),
    actions: optional(policy.actions, (value) =>
      Object.fromEntries(
        Object.entries(objectAt(`${path}.actions`, value)).map(([kind, action]) => [
          kind,
          oneOf(`${path}.actions.${kind}`, action, actions),
        ]),
      ),
    ),
    maxValueLength: optional(policy.maxValueLength, lengthAt),
    patterns: optional(policy.patterns, (value) => patternsAt(value, anyPattern)),
  });
}

function contentAt(path: string, value: unknown): ContentPolicy | undefined {
  if (value === undefined || typeof value === 'boolean' || value === 'hash') return value;
  return fail(path, value, 'true, false or "hash"');
}

function budgetAt(member: string, value: unknown): number | undefined {
  if (value === undefined || (typeof value === 'number' && value > 0 && value <= 10_000))
    return value;
  return fail(`redaction.${member}`, value, 'a number above 0, of at most 10000');
}

function lengthAt(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  return fail('redaction.maxValueLength', value, 'a whole number of at least 0');
}

function patternsAt(value: unknown, anyPattern: boolean): RedactionPattern[] {
  const patterns: RedactionPattern[] = [];
  for (const [index, item] of arrayAt('redaction.patterns', value).entries()) {
    const path = `redaction.patterns[${index}]`;
    const pattern = patternAt(path, item, anyPattern);
    // Counts and actions go by name.
    if (patterns.some(({ name }) => name === pattern.name))
      fail(`${path}.name`, pattern.name, 'a name that no other pattern has');
    patterns.push(pattern);
  }
  return patterns;
}

function patternAt(path: string, value: unknown, anyPattern: boolean): RedactionPattern {
  const { name, pattern, ignoreCase } = objectAt(path, value, ['name', 'pattern', 'ignoreCase']);
  // `default` stands for all other kinds in `actions`.
  if (typeof name !== 'string' || !/^[a-z0-9_]{1,32}$/.test(name) || name === 'default')
    fail(`${path}.name`, name, 'up to 32 small letters, digits and _, other than default');
  if (typeof pattern !== 'string') return fail(`${path}.pattern`, pattern, 'a string');
  const problem = anyPattern ? undefined : checkPattern(pattern);
  if (problem !== undefined) fail(`${path}.pattern`, pattern, problem);
  return withoutUndefined({
    name,
    pattern,
    ignoreCase: booleanAt(`${path}.ignoreCase`, ignoreCase),
  });
}

/** @param known - a member that is none of these is an error: misspelt, it would switch protection off unseen */
function objectAt(
  path: string,
  value: unknown,
  known?: readonly string[],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return failUnseen(path, value, 'an object');
  const object = value as Record<string, unknown>;
  for (const member of Object.keys(object)) {
    if (known?.includes(member) === false)
      failUnseen(`${path}.${shown(member)}`, object[member], `one of ${known.join(', ')}`);
  }
  return object;
}

/** A misspelt name, and no value that was put in its place. */
function shown(member: string): string {
  return /^[A-Za-z]{1,32}$/.test(member) ? member : '[redacted]';
}

function arrayAt(path: string, value: unknown): unknown[] {
  return Array.isArray(value) ? value : failUnseen(path, value, 'an array');
}

function booleanAt(path: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  return fail(path, value, 'true or false');
}

function stringsAt(path: string, value: unknown): string[] | undefined {
  return optional(value, (list) =>
    arrayAt(path, list).map((item, index) =>
      typeof item === 'string' && item.trim() !== ''
        ? item
        : failUnseen(`${path}[${index}]`, item, 'a string that is not empty'),
    ),
  );
}

function oneOf<T extends string>(path: string, value: unknown, known: readonly T[]): T {
  return known.find((item) => item === value) ?? fail(path, value, `one of ${known.join(', ')}`);
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

function withoutUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

function fail(option: string, value: unknown, use: string): never {
  throw new InvalidOptionError({ option, value, use });
}

/** The same where the value may be what the policy keeps from leaving, or lets leave: a text is not told then. */
function failUnseen(option: string, value: unknown, use: string): never {
  throw new InvalidOptionError({ option, value, use, secret: mayHoldText(value) });
}

function mayHoldText(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return typeof value === 'string' && value !== '';
}

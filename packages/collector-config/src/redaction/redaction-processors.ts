import { identityNames, type RedactionPolicy, secretNames } from '@llm-otel/redaction/policy';
import type { ClauseList } from '../clause.ts';
import type { CollectorVersion } from '../collector-version.ts';
import { escapeDollar } from '../ottl/escape-dollar.ts';
import { escapeRegExp } from '../ottl/text-condition.ts';
import { keyPattern, keyPatterns } from './key-patterns.ts';
import type { Processor } from './processor.ts';
import { re2Pattern } from './re2-pattern.ts';
import { hasPattern, inLines, type ValuePattern, valuePatterns } from './value-patterns.ts';

/** The variable with the key of pseudonyms, of at least 32 bytes. */
const HASH_KEY = 'REDACTION_HASH_KEY';
/** The kind of what is known by the name of its key. */
const BY_KEY = 'sensitive_key';

/** One that masks what is found and, where the policy asks for it, one that puts hashes in its place. */
export function redactionProcessors(
  policy: RedactionPolicy,
  version: CollectorVersion,
  clauses: ClauseList,
): readonly Processor[] {
  const patterns = wantedPatterns(policy, clauses);
  const names = wantedNames(policy, clauses);
  const shared = allowed(policy, clauses);
  const isHashed = hashedKinds(policy, version, clauses);
  const hashed = patterns.filter(({ kind }) => isHashed(kind));
  const masked = patterns.filter(({ kind }) => !isHashed(kind));
  const processor = (
    id: string,
    values: readonly ValuePattern[],
    keys: readonly string[],
    own: object,
  ): Processor[] => {
    if (values.length + keys.length === 0) return [];
    const lines = [...inLines(values)].map(([text, about]) => [escapeDollar(text), about] as const);
    const settings = {
      allow_all_keys: true,
      // Message content may be a map or a list; it becomes a text where something in it is masked.
      redact_all_types: true,
      ...own,
      ...(shared.ignored_key_patterns && { ignored_key_patterns: shared.ignored_key_patterns }),
      ...(keys.length > 0 && {
        blocked_key_patterns: keyPatterns(keys).map((pattern) => escapeDollar(pattern)),
      }),
      ...(shared.allowed_values && { allowed_values: shared.allowed_values }),
      blocked_values: lines.map(([text]) => text),
      summary: 'silent',
    };
    return [{ id, comments: new Map(lines), settings }];
  };
  const areNamesHashed = isHashed(BY_KEY);
  return [
    ...processor('redaction', masked, areNamesHashed ? [] : names, {}),
    // Behind it: what stands for a value is looked at by nobody.
    ...processor('redaction/hash', hashed, areNamesHashed ? names : [], {
      hash_function: 'hmac-sha256',
      hmac_key: `\${env:${HASH_KEY}}`,
    }),
  ];
}

function wantedPatterns(
  { presets = ['secrets'], detectors = {}, patterns = [] }: RedactionPolicy,
  clauses: ClauseList,
): readonly ValuePattern[] {
  const { add: added = [], drop: dropped = [] } = detectors;
  const found = [...valuePatterns({ presets, added, dropped })];
  clauses.approximate(
    'redaction.presets',
    'formats as regular expressions, without checksums, without a look at how random a text is and without secrets known only by the words around them: some harmless numbers are masked, and some secrets are not',
  );
  for (const [index, name] of added.entries()) {
    const at = `redaction.detectors.add[${index}]`;
    if (hasPattern(name)) {
      clauses.approximate(at, 'a regular expression, without a check digit or the words around it');
    } else {
      clauses.refused(
        at,
        'nothing is looked for',
        `have processes look for ${JSON.stringify(name)}, which no regular expression tells from other numbers and words, or write one in redaction.patterns`,
      );
    }
  }
  for (const [index, name] of dropped.entries()) {
    clauses.exact(
      `redaction.detectors.drop[${index}]`,
      hasPattern(name) ? 'its pattern is left out' : 'nothing looks for it here',
    );
  }
  for (const [index, { name, pattern, ignoreCase }] of patterns.entries()) {
    const at = `redaction.patterns[${index}]`;
    const re2 = re2Pattern(pattern);
    if (re2 === undefined) {
      clauses.refused(
        at,
        'it is left out',
        'write it without \\c, \\k and empty classes, which RE2 does not have',
      );
      continue;
    }
    clauses.approximate(at, 'masked as ****; \\s, \\w and \\d are ASCII in a Collector');
    found.push({ kind: name, about: name, pattern: ignoreCase === true ? `(?i)${re2}` : re2 });
  }
  return found;
}

/** Names of keys whose whole value goes. */
function wantedNames(
  { presets = ['secrets'], keys = {} }: RedactionPolicy,
  clauses: ClauseList,
): readonly string[] {
  if (keys.block !== undefined) {
    clauses.approximate(
      'redaction.keys.block',
      'masked as ****; keys inside of JSON texts are not looked at',
    );
  }
  return [
    ...(presets.some((preset) => preset !== 'pii') ? secretNames : []),
    ...(presets.includes('strict') ? identityNames : []),
    ...(keys.block ?? []),
  ];
}

function allowed(
  { keys = {}, values = {} }: RedactionPolicy,
  clauses: ClauseList,
): {
  readonly ignored_key_patterns?: readonly string[];
  readonly allowed_values?: readonly string[];
} {
  if (keys.allow !== undefined) {
    clauses.approximate(
      'redaction.keys.allow',
      'by the name of the attribute only, and not of members inside of it',
    );
  }
  if (values.allow !== undefined) {
    clauses.approximate(
      'redaction.values.allow',
      'whole values only, and not a part of a longer text',
    );
  }
  return {
    ...(keys.allow && {
      ignored_key_patterns: keys.allow.map((name) => escapeDollar(keyPattern(name))),
    }),
    ...(values.allow && {
      allowed_values: values.allow.map((value) => escapeDollar(`^${escapeRegExp(value)}$`)),
    }),
  };
}

function hashedKinds(
  { actions = {} }: RedactionPolicy,
  version: CollectorVersion,
  clauses: ClauseList,
): (kind: string) => boolean {
  for (const [kind, action] of Object.entries(actions)) {
    const at = `redaction.actions.${kind}`;
    if (action === 'mask') continue;
    if (action !== 'hash')
      clauses.approximate(at, 'whatever the action, a finding is masked as ****');
    else if (version.redactionHmac) {
      clauses.approximate(
        at,
        `HMAC-SHA256 with the key in ${HASH_KEY}, in hexadecimal digits: the same for the same value, and not the pseudonym that a process writes`,
      );
    } else {
      clauses.approximate(at, 'masked as ****: this release knows no HMAC');
    }
  }
  return (kind) => version.redactionHmac && (actions[kind] ?? actions['default']) === 'hash';
}

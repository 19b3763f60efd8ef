import { identityNames, type RedactionPolicy, secretNames } from '@llm-otel/redaction/policy';
import type { ClauseList } from '../clause.ts';
import { escapeDollar } from '../ottl/escape-dollar.ts';
import { ottlString } from '../ottl/literals.ts';
import { escapeRegExp } from '../ottl/text-condition.ts';
import { completionKeys, type ContentKeys, promptKeys } from './content-keys.ts';
import { keyPattern, keyPatterns } from './key-patterns.ts';
import { namesIn, namesOut } from './name-processors.ts';
import type { Processor } from './processor.ts';
import { re2Pattern } from './re2-pattern.ts';
import { valuePatterns } from './value-patterns.ts';

const handled = new Set([
  'version',
  'enabled',
  'presets',
  'prompts',
  'completions',
  'keys',
  'values',
  'actions',
  'maxValueLength',
  'patterns',
  'level',
]);

/**
 * The processors that take the same out as the policy does in a process, as far as a Collector can: it is the second
 * line, for what comes from elsewhere.
 */
export function compileRedaction(
  policy: RedactionPolicy,
  clauses: ClauseList,
): readonly Processor[] {
  if (policy.enabled === false) {
    clauses.exact('redaction.enabled', 'nothing is taken out');
    return [];
  }
  for (const [member, value] of Object.entries(policy)) {
    if (handled.has(member) || value === undefined) continue;
    clauses.refused(`redaction.${member}`, 'it is left out', 'use it in the process only');
  }
  if (policy.level !== undefined) {
    clauses.approximate('redaction.level', 'the same regular expressions at every level');
  }
  const values = blockedValues(policy, clauses);
  return [
    ...contentProcessor(policy, clauses),
    namesIn,
    redactionProcessor(policy, values, clauses),
    namesOut,
    ...lengthProcessor(policy, clauses),
  ];
}

function blockedValues(
  { presets = ['secrets'], patterns = [] }: RedactionPolicy,
  clauses: ClauseList,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { about, pattern } of valuePatterns(presets)) found.set(pattern, about);
  clauses.approximate(
    'redaction.presets',
    'formats as regular expressions, without checksums, without a look at how random a text is and without secrets known only by the words around them: some harmless numbers are masked, and some secrets are not',
  );
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
    found.set(ignoreCase === true ? `(?i)${re2}` : re2, name);
  }
  return found;
}

function redactionProcessor(
  { presets = ['secrets'], keys = {}, values = {}, actions }: RedactionPolicy,
  blocked: ReadonlyMap<string, string>,
  clauses: ClauseList,
): Processor {
  const names = [
    ...(presets.some((preset) => preset !== 'pii') ? secretNames : []),
    ...(presets.includes('strict') ? identityNames : []),
    ...(keys.block ?? []),
  ];
  if (keys.block !== undefined) {
    clauses.approximate(
      'redaction.keys.block',
      'masked as ****; keys inside of JSON texts are not looked at',
    );
  }
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
  if (actions !== undefined) {
    clauses.approximate('redaction.actions', 'whatever the action, a finding is masked as ****');
  }
  const comments = new Map([...blocked].map(([pattern, about]) => [escapeDollar(pattern), about]));
  return {
    id: 'redaction',
    comments,
    settings: {
      allow_all_keys: true,
      // Message content may be a map or a list; it becomes a text where something in it is masked.
      redact_all_types: true,
      ...(keys.allow === undefined
        ? undefined
        : { ignored_key_patterns: keys.allow.map((name) => escapeDollar(keyPattern(name))) }),
      ...(names.length === 0
        ? undefined
        : { blocked_key_patterns: keyPatterns(names).map((pattern) => escapeDollar(pattern)) }),
      ...(values.allow === undefined
        ? undefined
        : {
            allowed_values: values.allow.map((value) => escapeDollar(`^${escapeRegExp(value)}$`)),
          }),
      blocked_values: [...comments.keys()],
      summary: 'silent',
    },
  };
}

function contentProcessor(
  { prompts, completions }: RedactionPolicy,
  clauses: ClauseList,
): readonly Processor[] {
  const removed: ContentKeys[] = [];
  if (prompts === false) removed.push(promptKeys);
  if (completions === false) removed.push(completionKeys);
  if (removed.length === 0) return [];
  for (const [member, value] of Object.entries({ prompts, completions })) {
    if (value === false)
      clauses.exact(`redaction.${member}`, 'delete_matching_keys on spans, events and log records');
  }
  const keys = removed.flatMap((one) => one.keys).map((key) => escapeRegExp(key));
  const pattern = ottlString(
    [`^(?:${keys.join('|')})$`, ...removed.flatMap((one) => one.patterns)].join('|'),
  );
  const remove = (path: string): string => `delete_matching_keys(${path}, ${pattern})`;
  return [
    {
      id: 'transform/content',
      settings: {
        error_mode: 'ignore',
        trace_statements: ofSpansAndEvents(remove),
        log_statements: [remove('log.attributes')],
      },
    },
  ];
}

function lengthProcessor(
  { maxValueLength }: RedactionPolicy,
  clauses: ClauseList,
): readonly Processor[] {
  if (maxValueLength === undefined) return [];
  clauses.approximate(
    'redaction.maxValueLength',
    'bytes of UTF-8 instead of characters: texts beyond ASCII are cut earlier',
  );
  const cut = (path: string): string => `truncate_all(${path}, ${maxValueLength})`;
  return [
    {
      id: 'transform/length',
      settings: {
        error_mode: 'ignore',
        trace_statements: ofSpansAndEvents(cut),
        log_statements: [cut('log.attributes')],
      },
    },
  ];
}

/** In groups of their own: a list with both would run for each event only, and never for a span without one. */
function ofSpansAndEvents(statementFor: (path: string) => string): readonly object[] {
  return ['span', 'spanevent'].map((context) => ({
    context,
    statements: [statementFor(`${context}.attributes`)],
  }));
}

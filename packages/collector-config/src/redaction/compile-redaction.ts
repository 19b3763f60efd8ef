import type { RedactionPolicy } from '@llm-otel/redaction/policy';
import type { ClauseList } from '../clause.ts';
import type { CollectorVersion } from '../collector-version.ts';
import { contentProcessor } from './content-processor.ts';
import { namesIn, namesOut } from './name-processors.ts';
import { ofSpansAndEvents, type Processor } from './processor.ts';
import { redactionProcessors } from './redaction-processors.ts';

const handled = new Set([
  'version',
  'enabled',
  'presets',
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
  'level',
]);

/**
 * The processors that take the same out as the policy does in a process, as far as a Collector can: it is the second
 * line, for what comes from elsewhere.
 */
export function compileRedaction(
  policy: RedactionPolicy,
  version: CollectorVersion,
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
  for (const budget of ['patternBudgetMillis', 'valueBudgetMillis'] as const) {
    if (policy[budget] === undefined) continue;
    clauses.exact(
      `redaction.${budget}`,
      'RE2 takes a time in proportion to the text for every pattern: there is nothing to bound',
    );
  }
  if (policy.sensitivity === true) {
    clauses.refused(
      'redaction.sensitivity',
      'it is left out: what processes have written stays',
      'have processes write it: the redaction processor does not tell what it has found',
    );
  }
  return [
    ...contentProcessor(policy, clauses),
    namesIn,
    ...redactionProcessors(policy, version, clauses),
    namesOut,
    ...lengthProcessor(policy, clauses),
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

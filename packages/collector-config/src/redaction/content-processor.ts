import type { RedactionPolicy } from '@llm-otel/redaction/policy';
import type { ClauseList } from '../clause.ts';
import { ottlString } from '../ottl/literals.ts';
import { escapeRegExp } from '../ottl/text-condition.ts';
import { contentKeys, type ContentPart } from './content-keys.ts';
import { ofSpansAndEvents, type Processor } from './processor.ts';

/** Deletes what a policy does not keep of conversations. */
export function contentProcessor(
  policy: RedactionPolicy,
  clauses: ClauseList,
): readonly Processor[] {
  const { prompts = true, completions = true } = policy;
  // Definitions and results go to the model, arguments come from it.
  const { tools: toolsOfPrompts = prompts, tools: toolsOfCompletions = completions } = policy;
  const conversations = prompts === true ? completions : prompts;
  const parts = { prompts, completions, conversations, toolsOfPrompts, toolsOfCompletions };
  for (const member of ['prompts', 'completions', 'tools'] as const) {
    const value = policy[member];
    if (value === false) {
      clauses.approximate(
        `redaction.${member}`,
        'deleted by name, on spans, events and log records; rarer names and bodies only in the process',
      );
    } else if (value === 'hash') {
      clauses.approximate(`redaction.${member}`, 'deleted: nothing stands for the whole of it');
    }
  }
  const removed = (Object.keys(parts) as ContentPart[])
    .filter((part) => parts[part] !== true)
    .map((part) => contentKeys[part]);
  if (removed.length === 0) return [];
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

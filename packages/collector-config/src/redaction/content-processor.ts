import type { RedactionPolicy } from '@llm-otel/redaction/policy';
import type { ClauseList } from '../clause.ts';
import { ottlString } from '../ottl/literals.ts';
import { escapeRegExp } from '../ottl/text-condition.ts';
import { contentKeys, type ContentPart } from './content-keys.ts';
import { ofSpansAndEvents, type Processor } from './processor.ts';

/** A name ends here, or one below it follows. */
const BELOW = String.raw`(?:\.|$)`;

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
        'deleted by the same names, on spans, events and log records; not what is judged by the words of its name, stands inside of other values or in bodies, or is told by the span of a tool or the name of an event',
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
  const all = [
    ...(keys.length === 0 ? [] : [`(?:${keys.join('|')})${BELOW}`]),
    ...removed.flatMap((one) => one.patterns),
  ];
  const pattern = ottlString(`^(?:${all.join('|')})`);
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

import { BoundedMap } from '../bounded-map.ts';
import { type Content, contents } from './content.ts';
import { contentOf } from './content-of.ts';
import { contentByWords, wordsOf } from './guessed-content.ts';

/** Events of which each attribute has its own name, or that stand for more than one side. */
const events: ReadonlyMap<string, Content> = new Map<string, Content>([
  ['gen_ai.client.inference.operation.details', contents.conversation],
  ['llm.prompt', contents.prompt],
  ['llm.completion', contents.completion],
  ['claude_code.user_prompt', contents.prompt],
  ['claude_code.assistant_response', contents.completion],
  ['claude_code.tool_result', contents.toolToModel],
  ['codex.tool_result', contents.toolToModel],
  ['db.query.result', contents.prompt],
  ['db.search.result', contents.prompt],
  ['db.query.embeddings', contents.prompt],
  ['db.search.embeddings', contents.prompt],
]);

/** Members of such events that say what they are, and nothing of what was said. */
const structure = wordsOf(
  'role index id type name finish_reason stop_reason tool_call_id tool_name model ' +
    'timestamp level severity success score error call_id duration_ms auth_mode originator slug decision source',
);
/** What of the members of an event about the result of a tool comes from the model. */
const argumentsOfTool = wordsOf(
  'arguments tool_arguments function_args tool_input tool_parameters',
);
const toolMembers = wordsOf('tool_calls toolCalls tool_call function_call function arguments');

const REMEMBERED = 512;
const LONGEST_NAME = 128;

/** What events hold by their names, each looked up once. */
export class ContentEvents {
  readonly #known: BoundedMap<{ readonly content: Content | undefined }> = new BoundedMap(
    REMEMBERED,
  );

  of(name: string): Content | undefined {
    if (name.length > LONGEST_NAME) return undefined;
    const known = this.#known.get(name);
    if (known !== undefined) return known.content;
    const content = contentEventOf(name);
    this.#known.set(name, { content });
    return content;
  }
}

/** What an event of that name holds of a conversation, or `undefined` when it is about something else. */
function contentEventOf(name: string): Content | undefined {
  const content = events.get(name) ?? contentOf(name);
  // `ai.stream.firstChunk`: the names of events are no texts, so words alone do not tell.
  return content?.isGuess === true ? undefined : content;
}

/**
 * What a member of such an event holds, in its attributes or in its body. Whatever is not known to be something else
 * belongs to what the event is about.
 */
export function contentInEvent(event: Content, key: string): Content | undefined {
  if (key === 'gen_ai.event.content') return event;
  if (event === contents.toolToModel && argumentsOfTool.has(key)) return contents.toolFromModel;
  if (toolMembers.has(key)) return { ...event, isTool: true };
  if (structure.has(key)) return undefined;
  const own = contentOf(key, true);
  if (own?.isGuess === false && !own.isWhole) return own;
  if (!key.includes('.') || contentByWords(key) !== undefined) return event;
  return undefined;
}

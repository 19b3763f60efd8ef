import { BoundedMap } from '../bounded-map.ts';
import { NAME_MEMBER, VALUE_MEMBER } from '../named-pair.ts';
import { type Content, contents } from './content.ts';
import { bareContentNames } from './content-names.ts';
import { contentOf } from './content-of.ts';
import { isOfLibrary, wordsOf } from './guessed-content.ts';

const REMEMBERED = 4096;
const LONGEST_NAME = 128;
/** How many of the names around a member may belong to one name of the conventions. */
const MOST_AROUND = 6;
const MOST_LETTERS_OF_ROLE = 16;

const sides: Readonly<Record<string, Content>> = {
  user: contents.prompt,
  human: contents.prompt,
  system: contents.prompt,
  developer: contents.prompt,
  assistant: contents.completion,
  ai: contents.completion,
  model: contents.completion,
  tool: contents.toolToModel,
  function: contents.toolToModel,
};
const textMembers = wordsOf(
  'content contents parts text message refusal reasoning reasoning_content thinking result response output',
);
const callMembers = wordsOf(
  'tool_calls toolCalls function_call functionCall arguments args parameters input partial_json',
);
const TOOL_TYPE = /tool|function/i;
/** `content_block_delta` and `response.output_text.delta` of streams. */
const DELTA_TYPE = /(?:_delta|\.delta|\.done)$/;
const deltaMembers = wordsOf('delta text thinking partial_json arguments');

/** Members by which a map is known for a request to a model or its answer, and those that attributes have as well. */
const marks = wordsOf('messages contents choices candidates inputText inferenceConfig');
const weakMarks = wordsOf(
  'model modelId model_id max_tokens maxTokens max_output_tokens temperature top_p generationConfig',
);
/** What requests and answers call their parts, beside the names that attributes have too. */
const wireNames: ReadonlyMap<string, Content> = new Map([
  ...Object.entries(bareContentNames).flatMap(([kind, names]) =>
    names.map((name) => [name, guess(contents[kind as keyof typeof contents])] as const),
  ),
  ...guessed(
    contents.prompt,
    'system systemInstruction system_instruction contents documents suffix ' +
      'inputText input_text prediction json_schema responseSchema',
  ),
  ...guessed(
    contents.completion,
    'choices candidates generations output_text outputText generation',
  ),
  ...guessed(contents.toolToModel, 'tools functions toolConfig tool_config tool_results'),
]);

/** What a message of MCP asks of a tool or a prompt, and what its answer holds. */
const MCP_MEMBERS: ReadonlyMap<string, Content> = new Map([
  ['params.arguments', contents.toolFromModel],
  ['result.content', contents.toolToModel],
  ['result.contents', contents.toolToModel],
  ['result.structuredContent', contents.toolToModel],
]);

function guessed(content: Content, names: string): [string, Content][] {
  return names.split(' ').map((name) => [name, guess(content)]);
}

function guess(content: Content): Content {
  return { ...content, isGuess: true };
}

/** What the members of a map say about each other. */
export interface Beside {
  readonly role: string | undefined;
  readonly type: string | undefined;
  /** `{"key": "gen_ai.prompt", "value": …}` */
  readonly named: string | undefined;
  readonly isRequest: boolean;
}

/** @param isInside - false for attributes, among which `model` means nothing */
export function besideIn(
  names: Iterable<string>,
  textAt: (name: string) => unknown,
  isInside: boolean,
): Beside {
  let isRequest = false;
  let role: string | undefined;
  let type: string | undefined;
  let named: string | undefined;
  for (const name of names) {
    if (marks.has(name) || (isInside && weakMarks.has(name))) isRequest = true;
    if (name === 'role') role = shortText(textAt(name), MOST_LETTERS_OF_ROLE);
    else if (name === 'type') type = shortText(textAt(name), LONGEST_NAME);
    else if (NAME_MEMBER.test(name)) named = shortText(textAt(name), LONGEST_NAME);
  }
  return { role, type, named, isRequest };
}

function shortText(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value.length <= longest ? value : undefined;
}

/**
 * What a member of a map inside of an attribute holds of a conversation, also where that map stands in a JSON text: by
 * the names around it (`{ gen_ai: { input: … } }`), by those of requests to models and their answers, and by the role
 * beside it.
 */
export class NestedContent {
  readonly #known: BoundedMap<{ readonly content: Content | undefined }> = new BoundedMap(
    REMEMBERED,
  );

  /** @param around - the names of the maps around, the outermost first */
  of(around: readonly string[], name: string, beside: Beside): Content | undefined {
    if (name.length > LONGEST_NAME) return undefined;
    // Who says it is told more exactly by the role beside it than by names that both sides have.
    const byRole = ofMessage(name, beside);
    if (byRole !== undefined) return byRole;
    if (beside.named !== undefined && VALUE_MEMBER.test(name)) {
      const content = this.#byPath('', beside.named);
      if (content !== undefined) return content;
    }
    const byProtocol = MCP_MEMBERS.get(`${around.at(-1)}.${name}`);
    if (byProtocol !== undefined) return byProtocol;
    const path = around.slice(-MOST_AROUND).join('.');
    return (
      (path.length <= LONGEST_NAME * 2 ? this.#byPath(path, name) : contentOf(name)) ??
      (beside.isRequest || around.some((one) => isOfLibrary(one)) ? wireNames.get(name) : undefined)
    );
  }

  #byPath(path: string, name: string): Content | undefined {
    const full = `${path}\n${name}`;
    const known = this.#known.get(full);
    if (known !== undefined) return known.content;
    const content = longest(path, name);
    this.#known.set(full, { content });
    return content;
  }
}

/** By as many of the names around as there are in a name that is known. */
function longest(path: string, name: string): Content | undefined {
  for (let rest = path; ;) {
    const content = contentOf(rest === '' ? name : `${rest}.${name}`, path === '');
    if (content !== undefined) return content;
    if (rest === '') return undefined;
    const dot = rest.indexOf('.');
    rest = dot < 0 ? '' : rest.slice(dot + 1);
  }
}

function ofMessage(name: string, { role, type }: Beside): Content | undefined {
  const side = role === undefined ? undefined : sides[role.toLowerCase()];
  const isTool = type !== undefined && TOOL_TYPE.test(type);
  if (side !== undefined || isTool) {
    if (callMembers.has(name)) return contents.toolFromModel;
    if (textMembers.has(name)) return isTool ? contents.toolToModel : side;
  }
  const isDelta = type !== undefined && DELTA_TYPE.test(type);
  return isDelta && deltaMembers.has(name) ? guess(contents.completion) : undefined;
}

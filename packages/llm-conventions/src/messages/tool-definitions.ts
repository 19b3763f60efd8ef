import { convertEach, keysOf, readCased, readMember, readString, toList } from '../read-member.ts';
import type { ToolDefinition } from './message-types.ts';

/**
 * `tools` of a request as `gen_ai.tool.definitions`, whichever provider's shape they are in: OpenAI chat and
 * responses, Anthropic, Gemini, Bedrock Converse, AI SDK. Undefined where there are none. Descriptions and schemas
 * are kept here and recorded only where asked for.
 */
export function toolDefinitionsFrom(tools: unknown): ToolDefinition[] | undefined {
  const list = toList(tools);
  if (list.length === 0) return toolSet(tools);
  const definitions = convertEach(list, definitionsOf);
  return definitions.length === 0 ? undefined : definitions;
}

function definitionsOf(tool: unknown): ToolDefinition[] {
  // OpenAI chat puts it one level deeper.
  const inner =
    readMember(tool, 'function') ?? readMember(tool, 'custom') ?? readMember(tool, 'toolSpec');
  const described = inner ?? tool;
  const type = readString(tool, 'type');
  const name = readString(described, 'name');
  if (name !== undefined) return [definition(functionType(type, described), name, described)];
  const declared = toList(readCased(tool, 'functionDeclarations'));
  const functions = declared.flatMap((one) => {
    const declaredName = readString(one, 'name');
    return declaredName === undefined ? [] : [definition('function', declaredName, one)];
  });
  if (functions.length > 0) return functions;
  if (type !== undefined) return [{ type, name: type }];
  return builtIn(tool);
}

/**
 * A provider's own tool has a type of its own, such as `web_search_20250305`; all others are functions. `custom` is one of
 * OpenAI that takes text and has no schema; Anthropic calls its functions so, which have one.
 */
function functionType(type: string | undefined, tool: unknown): string {
  return type === undefined || (type === 'custom' && schemaOf(tool) !== undefined)
    ? 'function'
    : type;
}

function schemaOf(tool: unknown): unknown {
  return (
    readMember(tool, 'parameters') ??
    readCased(tool, 'parametersJsonSchema') ??
    readMember(tool, 'input_schema') ??
    readMember(tool, 'inputSchema')
  );
}

/** Gemini's `{ googleSearch: {} }`, Bedrock's `{ systemTool: { name } }`: the only member names the tool. */
function builtIn(tool: unknown): ToolDefinition[] {
  return keysOf(tool).flatMap((key) => {
    const settings = readMember(tool, key);
    if (key === 'cachePoint' || typeof settings !== 'object' || settings === null) return [];
    return [{ type: key, name: readString(settings, 'name') ?? key }];
  });
}

/** The AI SDK's tools by name. */
function toolSet(tools: unknown): ToolDefinition[] | undefined {
  const definitions = keysOf(tools).map((name) => {
    const tool = readMember(tools, name);
    return definition(functionType(readString(tool, 'type'), tool), name, tool);
  });
  return definitions.length === 0 ? undefined : definitions;
}

function definition(type: string, name: string, tool: unknown): ToolDefinition {
  const description = readString(tool, 'description');
  const schema = schemaOf(tool);
  // Bedrock and the AI SDK wrap it.
  const parameters = readMember(schema, 'json') ?? readMember(schema, 'jsonSchema') ?? schema;
  return {
    type,
    name,
    ...(description !== undefined && { description }),
    ...(typeof parameters === 'object' && parameters !== null && { parameters }),
  };
}

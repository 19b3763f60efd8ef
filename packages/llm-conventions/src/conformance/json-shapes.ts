type Check = (value: unknown, path: string) => string[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with these members; those that end in `?` may be missing or null. */
function object(members: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (!isObject(value)) return [`${path} is not an object`];
    return Object.entries(members).flatMap(([key, check]) => {
      const optional = key.endsWith('?');
      const name = optional ? key.slice(0, -1) : key;
      const member = value[name];
      if (member !== undefined && !(optional && member === null))
        return check(member, `${path}.${name}`);
      return optional ? [] : [`${path}.${name} is missing`];
    });
  };
}

const list =
  (item: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((member, index) => item(member, `${path}[${index}]`))
      : [`${path} is not a list`];

const string: Check = (value, path) =>
  typeof value === 'string' ? [] : [`${path} is not a string`];
const number: Check = (value, path) =>
  typeof value === 'number' ? [] : [`${path} is not a number`];
const anything: Check = () => [];

const noDataUrl: Check = (value, path) =>
  typeof value === 'string' && value.startsWith('data:')
    ? [`${path} is a data: URL; its bytes belong in a part of type blob`]
    : string(value, path);

const base64: Check = (value, path) =>
  typeof value === 'string' && !isBase64(value) ? [`${path} is not base64`] : string(value, path);

/** Of either alphabet, with or without the padding. */
function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/_-]*={0,2}$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1;
}

/** Parts the conventions describe. Any other type may have any members. */
const PARTS: Readonly<Record<string, Check>> = {
  text: object({ content: string }),
  reasoning: object({ content: string }),
  tool_call: object({ name: string, 'id?': string }),
  tool_call_response: object({ response: anything, 'id?': string }),
  server_tool_call: object({ name: string, server_tool_call: object({ type: string }) }),
  server_tool_call_response: object({ server_tool_call_response: object({ type: string }) }),
  blob: object({ modality: string, content: base64, 'mime_type?': string }),
  file: object({ modality: string, file_id: string, 'mime_type?': string }),
  uri: object({ modality: string, uri: noDataUrl, 'mime_type?': string }),
  compaction: object({ 'id?': string, 'content?': string }),
};

const part: Check = (value, path) => {
  if (!isObject(value) || typeof value['type'] !== 'string') return [`${path}.type is missing`];
  const known = Object.hasOwn(PARTS, value['type']) ? PARTS[value['type']] : undefined;
  return known?.(value, path) ?? [];
};

const message = object({ role: string, parts: list(part), 'name?': string });

/** Instructions are text, or parts of a type of their own; media and tool calls have no place in them. */
const instruction: Check = (value, path) => {
  const problems = part(value, path);
  if (problems.length > 0 || !isObject(value)) return problems;
  const type = String(value['type']);
  return type !== 'text' && Object.hasOwn(PARTS, type)
    ? [`${path}.type is ${type}; instructions are text`]
    : [];
};

/** The JSON shapes of the conventions, by the name the model gives them. */
const SHAPES: Readonly<Record<string, Check>> = {
  input_messages: list(message),
  output_messages: list(message),
  system_instructions: list(instruction),
  tool_definitions: list(object({ type: string, name: string })),
  tool_call_arguments: object({}),
  tool_call_result: object({}),
  retrieval_documents: list(object({ 'id?': string, 'score?': number })),
  memory_records: list(
    object({ content: anything, 'id?': string, 'score?': number, 'metadata?': object({}) }),
  ),
};

/** Whether tool definitions carry descriptions or schemas, which are large and the same on every call. */
export function hasToolSchemas(value: unknown): boolean {
  const read = typeof value === 'string' ? readJson(value) : value;
  return (
    Array.isArray(read) &&
    read.some((tool) => isObject(tool) && SCHEMA_KEYS.some((key) => (tool[key] ?? null) !== null))
  );
}

const SCHEMA_KEYS = ['description', 'parameters'];

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What is wrong with the shape of a value, JSON text or structured. */
export function shapeProblems(shape: string, value: unknown): readonly string[] {
  const read = typeof value === 'string' ? readJson(value) : value;
  if (read === undefined) return ['it is neither JSON text nor a structured value'];
  return SHAPES[shape]?.(read, 'it') ?? [];
}

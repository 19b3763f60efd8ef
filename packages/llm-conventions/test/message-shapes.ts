// The JSON shapes of messages, written down from the schema files of the conventions of 2026-08-03 (with
// finish_reason optional, as since 2026-09-01). Stricter than those: a part of a listed type must have its shape and
// does not pass as "any other part".

type Kind = 'string' | 'any' | 'typed object';

interface Shape {
  readonly required: Readonly<Record<string, Kind>>;
  readonly optional?: Readonly<Record<string, Kind>>;
}

const media = { mime_type: 'string' } as const;

const PARTS: Readonly<Record<string, Shape>> = {
  text: { required: { content: 'string' } },
  reasoning: { required: { content: 'string' } },
  tool_call: { required: { name: 'string' }, optional: { id: 'string', arguments: 'any' } },
  tool_call_response: { required: { response: 'any' }, optional: { id: 'string' } },
  server_tool_call: {
    required: { name: 'string', server_tool_call: 'typed object' },
    optional: { id: 'string' },
  },
  server_tool_call_response: {
    required: { server_tool_call_response: 'typed object' },
    optional: { id: 'string' },
  },
  blob: { required: { modality: 'string', content: 'string' }, optional: media },
  file: { required: { modality: 'string', file_id: 'string' }, optional: media },
  uri: { required: { modality: 'string', uri: 'string' }, optional: media },
  compaction: { required: {}, optional: { id: 'string', content: 'string' } },
};

/** What is wrong with `messages` as `gen_ai.input.messages` or `gen_ai.output.messages`; nothing where it fits. */
export function messageErrors(messages: unknown): string[] {
  return listOf(messages, 'messages', (message, at) => {
    const { role, parts, name, finish_reason } = message;
    return [
      ...is('string', role, `${at}.role`),
      ...(name === undefined ? [] : is('string', name, `${at}.name`)),
      ...(finish_reason === undefined ? [] : is('string', finish_reason, `${at}.finish_reason`)),
      ...listOf(parts, `${at}.parts`, partErrors),
    ];
  });
}

/** System instructions are text or parts of a kind of their own. */
export function instructionErrors(parts: unknown): string[] {
  return listOf(parts, 'instructions', partErrors);
}

export function toolDefinitionErrors(tools: unknown): string[] {
  return listOf(tools, 'tools', ({ type, name, description, parameters }, at) => [
    ...is('string', type, `${at}.type`),
    ...is('string', name, `${at}.name`),
    ...(description === undefined ? [] : is('string', description, `${at}.description`)),
    ...(parameters === undefined || (typeof parameters === 'object' && parameters !== null)
      ? []
      : [`${at}.parameters is no schema`]),
  ]);
}

function partErrors(part: Record<string, unknown>, at: string): string[] {
  const { type } = part;
  if (typeof type !== 'string') return [`${at}.type is no string`];
  const shape = Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
  if (shape === undefined) return [];
  const errors = Object.entries(shape.required).flatMap(([key, kind]) =>
    key in part ? is(kind, part[key], `${at}.${key}`) : [`${at}.${key} is missing`],
  );
  for (const [key, kind] of Object.entries(shape.optional ?? {}))
    if (part[key] !== undefined) errors.push(...is(kind, part[key], `${at}.${key}`));
  if (type === 'uri' && String(part['uri']).startsWith('data:'))
    errors.push(`${at}.uri is a data: URL`);
  return errors;
}

function listOf(
  value: unknown,
  at: string,
  errorsOf: (item: Record<string, unknown>, at: string) => string[],
): string[] {
  if (!Array.isArray(value)) return [`${at} is no array`];
  return (value as unknown[]).flatMap((item, index) =>
    typeof item === 'object' && item !== null
      ? errorsOf(item as Record<string, unknown>, `${at}[${index}]`)
      : [`${at}[${index}] is no object`],
  );
}

function is(kind: Kind, value: unknown, at: string): string[] {
  if (kind === 'any') return value === undefined ? [`${at} is missing`] : [];
  if (kind === 'string') return typeof value === 'string' ? [] : [`${at} is no string`];
  const typed =
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string';
  return typed ? [] : [`${at} is no object with a type`];
}

import { safeJson } from '../content/safe-json.ts';
import {
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  type ATTR_GEN_AI_TOOL_CALL_RESULT,
} from '../generated/attributes.ts';
import { dataOfJson } from '../messages/data-of-json.ts';
import { toolJson } from '../operations/tool-json.ts';
import type { DialectReading } from './dialect-reading.ts';
import type { DialectWriting } from './dialect-writing.ts';

/** The member in which the conventions have a value that is no object. */
function memberOf(name: ToolData): 'arguments' | 'result' {
  return name === ATTR_GEN_AI_TOOL_CALL_ARGUMENTS ? 'arguments' : 'result';
}

type ToolData = typeof ATTR_GEN_AI_TOOL_CALL_ARGUMENTS | typeof ATTR_GEN_AI_TOOL_CALL_RESULT;

/** Takes what a tool was given or answered, JSON or text, into the form that `genAi.tool` writes. */
export function readToolData(
  reading: DialectReading,
  to: ToolData,
  from: string,
  mimeType?: unknown,
): void {
  const told = reading.take(from);
  if (told === undefined) return;
  const value = mimeType === 'text/plain' ? told : valueOf(told);
  reading.set(to, toolJson(memberOf(to), value));
}

/** The value that stands where `text` does in JSON, or the text itself where it is no JSON or a number that would change. */
function valueOf(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  const data = dataOfJson(text);
  if (data !== text) return data;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null;
    // `1.10` is a version, and an id of twenty digits no number.
    const changes = typeof value === 'number' && String(value) !== text;
    return isObject || changes ? text : value;
  } catch {
    return text;
  }
}

/**
 * Says what a tool was given or answered as it was before it became a member of an object.
 * @param form how the vocabulary has a text: as JSON, or as it is unless it would be read as JSON
 * @returns the MIME type of what was said, undefined where there is nothing to say
 */
export function writeToolData(
  writing: DialectWriting,
  from: ToolData,
  to: string,
  form: 'json' | 'plain',
): 'text/plain' | 'application/json' | undefined {
  const told = writing.facts.value(from);
  if (told === undefined || told === null) return undefined;
  const value = unwrapped(dataOfJson(told), memberOf(from));
  const isText = form === 'plain' && typeof value === 'string' && valueOf(value) === value;
  // What is no such object stays the JSON text it is.
  writing.setJson(to, isText || value === undefined ? (value ?? told) : safeJson(value), from);
  return isText ? 'text/plain' : 'application/json';
}

/** The value of an object that has nothing but it, unless that is an object, which needs none around it. */
function unwrapped(data: unknown, member: string): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const entries: [string, unknown][] = Object.entries(data);
  const [only] = entries;
  if (only === undefined || entries.length > 1 || only[0] !== member) return undefined;
  const [, value] = only;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : value;
}

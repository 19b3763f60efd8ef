import { cutText, type Keep } from './cut-content.ts';
import { jsonBytes } from './json-bytes.ts';
import { omittedPart } from './omitted-part.ts';
import { utf8Length } from './utf8-length.ts';

type Part = Readonly<Record<string, unknown>>;

interface Message {
  readonly parts: readonly Part[];
  readonly [member: string]: unknown;
}

/** `[]`, and a comma for each item: counted a little too high rather than too low. */
const BRACKETS = 2;
const COMMA = 1;
const QUOTES = 2;

/** Whether `value` is a list of messages, each with a role and parts. */
export function isMessageList(value: unknown): value is readonly Message[] {
  return (
    Array.isArray(value) &&
    value.every(
      (message: unknown) =>
        isObject(message) && typeof message['role'] === 'string' && isPartList(message['parts']),
    )
  );
}

/** Whether `value` is a list of parts, as instructions are. */
export function isPartList(value: unknown): value is readonly Part[] {
  return (
    Array.isArray(value) &&
    value.every((part: unknown) => isObject(part) && typeof part['type'] === 'string')
  );
}

/**
 * Messages cut to `maxBytes` of JSON text, from the end that matters less. Of a message that does not fit the parts that do
 * stay as they are, the others become `omitted` parts, and so on with the next one, until there is no room. Where no
 * part fits at all, the start of a text stays, marked as cut. Undefined where nothing can be kept.
 */
export function cutMessages(
  messages: readonly Message[],
  maxBytes: number,
  keep: Keep,
): readonly Message[] | undefined {
  const inOrder = keep === 'first' ? messages : messages.toReversed();
  const kept: Message[] = [];
  let left = maxBytes - BRACKETS;
  let whole = 0;
  for (const message of inOrder) {
    const bytes = jsonBytes(message) + COMMA;
    if (bytes <= left) {
      kept.push(message);
      left -= bytes;
      whole += 1;
      continue;
    }
    const shell = jsonBytes({ ...message, parts: [] }) + COMMA;
    const cut = partsThatFit(message.parts, left - shell);
    if (cut.whole === 0 && bytes <= maxBytes && whole > 0) break; // There is no room left.
    if (cut.parts.length === 0) continue;
    kept.push({ ...message, parts: cut.parts });
    left -= shell + cut.bytes;
    whole += cut.whole;
  }
  if (whole === 0) {
    const started = startOfMessage(inOrder, maxBytes - BRACKETS);
    if (started !== undefined) return [started];
  }
  if (kept.length === 0) return undefined;
  return keep === 'first' ? kept : kept.toReversed();
}

/** {@link cutMessages} for a list of parts. */
export function cutParts(parts: readonly Part[], maxBytes: number): readonly Part[] | undefined {
  const room = maxBytes - BRACKETS;
  const cut = partsThatFit(parts, room);
  if (cut.whole === 0) {
    const started = startOfText(parts, room);
    if (started !== undefined) return [started];
  }
  return cut.parts.length === 0 ? undefined : cut.parts;
}

interface CutParts {
  readonly parts: readonly Part[];
  /** How many of them are as they were. */
  readonly whole: number;
  readonly bytes: number;
}

/** The parts that fit, in their order, and as many marks for the others as there is room for. */
function partsThatFit(parts: readonly Part[], room: number): CutParts {
  const chosen: (Part | undefined)[] = parts.map(() => undefined);
  let bytes = 0;
  let whole = 0;
  const take = (index: number, part: Part): boolean => {
    const size = jsonBytes(part) + COMMA;
    if (bytes + size > room) return false;
    bytes += size;
    chosen[index] = part;
    return true;
  };
  for (const [index, part] of parts.entries())
    if (take(index, part) && part['type'] !== 'omitted') whole += 1;
  for (const [index, part] of parts.entries())
    if (chosen[index] === undefined) take(index, omittedPart(part));
  return { parts: chosen.filter((part) => part !== undefined), whole, bytes };
}

function startOfMessage(inOrder: readonly Message[], room: number): Message | undefined {
  for (const message of inOrder) {
    const part = startOfText(message.parts, room - jsonBytes({ ...message, parts: [] }) - COMMA);
    if (part !== undefined) return { ...message, parts: [part] };
  }
  return undefined;
}

/** The start of the first text, with a mark, so that it does not pass for the whole. */
function startOfText(parts: readonly Part[], room: number): Part | undefined {
  for (const part of parts) {
    const { type, content } = part;
    if ((type !== 'text' && type !== 'reasoning') || typeof content !== 'string') continue;
    const marked = (start: string): Part => ({
      type,
      content: start,
      truncated: true,
      byte_length: utf8Length(content),
    });
    const start = cutText(content, room - jsonBytes(marked('')) - COMMA + QUOTES);
    if (start !== undefined) return marked(start);
  }
  return undefined;
}

function isObject(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
